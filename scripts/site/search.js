// The search of the site: sections of pages, found by words and their beginnings. Loaded with the first focus, asks nobody else.
const box = document.querySelector('search');
const root = new URL('..', import.meta.url);
box.innerHTML = '<input type="search" placeholder="Search" aria-label="Search the documentation" autocomplete="off">'
  + '<output class="count" role="status"></output><ul hidden></ul>';
box.hidden = false;
const [input, count, list] = box.children;

let loading;
async function load() {
  const [{ default: MiniSearch }, entries] = await Promise.all([
    import('./minisearch.js'), fetch(new URL(box.dataset.index, location.href)).then((response) => response.json()),
  ]);
  const index = new MiniSearch({
    fields: ['page', 'heading', 'text'], storeFields: ['page', 'heading'],
    // At brackets and signs of code as well.
    tokenize: (text) => text.split(/[^\p{L}\p{N}]+/u),
    searchOptions: {
      boost: { page: 3, heading: 4 }, prefix: true, fuzzy: (term) => (term.length > 4 ? 0.2 : false), combineWith: 'AND',
      // Why something is so comes after how it is.
      boostDocument: (id) => (id.includes('/decisions/') ? 0.3 : 1),
    },
  });
  index.addAll(entries);
  return index;
}

async function search() {
  const index = await (loading ??= load());
  const words = input.value.trim();
  const found = words ? index.search(words).slice(0, 12) : [];
  list.replaceChildren(...found.map(({ id, page, heading }) => {
    const item = document.createElement('li');
    const link = item.appendChild(document.createElement('a'));
    link.href = new URL(id, root);
    link.append(page);
    if (heading) link.appendChild(document.createElement('small')).append(heading);
    return item;
  }));
  list.hidden = found.length === 0;
  count.value = words ? found.length === 1 ? '1 section' : `${found.length === 12 ? 'at least 12' : found.length} sections` : '';
}

input.addEventListener('focus', () => { loading ??= load(); }, { once: true });
input.addEventListener('input', search);
input.addEventListener('keydown', ({ key }) => { if (key === 'Enter') list.querySelector('a')?.click(); });
box.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') {
    list.hidden = true;
    input.focus();
  }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || list.hidden) return;
  event.preventDefault();
  const stops = [input, ...list.querySelectorAll('a')];
  stops.at((stops.indexOf(document.activeElement) + step) % stops.length).focus();
});
document.addEventListener('click', ({ target }) => { if (!box.contains(target)) list.hidden = true; });
