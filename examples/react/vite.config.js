// In development the host's session and the integration's API are had under the page's own origin:
//   HOST=https://app.example.org JENJI_API=https://api.example.org npm run dev

import { env } from "node:process";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const targets = {
  "/session": env.HOST,
  "/links": env.JENJI_API,
  "/imports": env.JENJI_API,
  "/deliveries": env.JENJI_API,
  "/backfill": env.JENJI_API,
  "/company": env.JENJI_API,
  "/filing": env.JENJI_API,
  "/proofs": env.JENJI_API,
  "/sharing": env.JENJI_API,
};
const known = Object.entries(targets).filter(([, target]) => target);

export default defineConfig({
  plugins: [react()],
  server: {
    host: "127.0.0.1",
    proxy: Object.fromEntries(known.map(([route, target]) => [route, { target, changeOrigin: true }])),
  },
});
