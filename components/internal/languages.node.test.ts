import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { until } from '../../test/support/until.ts';
import { messages as english } from '../languages/en.ts';
import { LANGUAGES, loadLanguage, spokenOf } from './languages.ts';
import { isLoaded, say, setMessages } from './messages.ts';
import type { Messages, Sentence } from './messages.ts';

const ENGLISH: Messages = english;
const forms = (sentence: Sentence): string[] => (typeof sentence === 'string' ? [sentence] : Object.values(sentence));
const placeholders = (sentence: string): string[] => [...sentence.matchAll(/\{\w+\}/g)].map(([name]) => name).sort();

describe('the languages', () => {
  it('are six with English', () => {
    assert.deepEqual(Object.keys(LANGUAGES), ['ar', 'de', 'es', 'fr', 'ja']);
  });

  for (const [language, load] of Object.entries(LANGUAGES)) {
    it(`say all that English says, errors included, with the same values: ${language}`, async () => {
      const { messages } = await load();
      assert.deepEqual(Object.keys(messages).sort(), Object.keys(ENGLISH).sort());
      for (const [key, sentence] of Object.entries(messages)) {
        const expected = placeholders(ENGLISH[key as keyof Messages] as string);
        const other = typeof sentence === 'string' ? sentence : sentence.other;
        assert.deepEqual(placeholders(other), expected, key);
        for (const form of forms(sentence)) {
          assert.ok(form.trim() === form && form !== '', key);
          assert.ok(placeholders(form).every((name) => expected.includes(name)), key);
        }
      }
    });

    it(`have a form for every count: ${language}`, async () => {
      const { messages } = await load();
      const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
      for (const [key, sentence] of Object.entries(messages)) {
        if (typeof sentence === 'string') continue;
        // `many` in French and Spanish are millions.
        const needed = pluralCategories.filter((form) => form !== 'many' || language === 'ar');
        assert.deepEqual(Object.keys(sentence).sort(), needed.sort(), key);
      }
    });
  }
});

describe('spokenOf', () => {
  const person = (...languages: string[]) => { Object.defineProperty(globalThis, 'navigator', { value: { languages }, configurable: true }); };
  const cases: [page: string | undefined, person: string[], language: string, locale: string][] = [
    ['de-AT', ['en-US'], 'de', 'de-AT'],
    ['de_AT', ['en-US'], 'de', 'de-AT'],
    ['DE', ['fr', 'de-CH'], 'de', 'de-CH'],
    ['en', ['de', 'en-GB'], 'en', 'en-GB'],
    ['ar', ['en-US'], 'ar', 'ar'],
    ['de-nonsense-that-is-long', ['en-US'], 'de', 'de'],
    ['it', ['de'], 'en', 'en'],
    ['constructor', ['de'], 'en', 'en'],
    [undefined, ['it', 'ja-JP', 'de'], 'ja', 'ja-JP'],
    ['', ['fr-CA'], 'fr', 'fr-CA'],
    [undefined, [], 'en', 'en'],
  ];
  for (const [page, languages, language, locale] of cases) {
    it(`is ${locale} where the page says ${page ?? 'nothing'} and the person ${languages.join() || 'nothing'}`, () => {
      person(...languages);
      assert.deepEqual(spokenOf(page), { language, locale });
    });
  }

  it('knows a language that the page brought', () => {
    person('en-US');
    setMessages({ join: 'Partecipa' }, 'it');
    assert.equal(spokenOf('it-IT').language, 'it');
  });
});

describe('loadLanguage', () => {
  it('tells once what failed, and tries again until it is there', async () => {
    const told: unknown[] = [];
    Object.defineProperty(globalThis, 'reportError', { value: (error: unknown) => { told.push(error); }, configurable: true });
    let tries = 0;
    const loaders = {
      nl: () => {
        tries += 1;
        return tries < 4 ? Promise.reject(new TypeError('no network')) : Promise.resolve({ messages: { ...ENGLISH, join: 'Meedoen' } });
      },
    };
    await loadLanguage('nl', loaders, 1);
    assert.deepEqual([tries, isLoaded('nl'), told.map(String)], [1, false, ['Error: The words in "nl" could not be loaded. They are tried again.']]);
    assert.ok(loadLanguage('nl', loaders, 1), 'not another one beside it');
    await until(() => isLoaded('nl'), 'the words are there');
    assert.deepEqual([say({ language: 'nl', locale: 'nl' }, 'join'), loadLanguage('nl', loaders, 1), told.length, tries], ['Meedoen', undefined, 1, 4]);
  });

  it('has nothing to wait for where a language is there, or nowhere', () => {
    assert.deepEqual([loadLanguage('en'), loadLanguage('xx'), loadLanguage('constructor')], [undefined, undefined, undefined]);
  });
});
