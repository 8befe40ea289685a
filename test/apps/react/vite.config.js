import react from '@vitejs/plugin-react';

// StrictMode mounts twice in development only.
process.env.NODE_ENV = 'development';

export default { mode: 'development', plugins: [react()] };
