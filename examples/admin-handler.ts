// The admin API and its page, as the other admin-*.ts mount it. Here everything is in memory, and a token of its own says who asks.
import { createSettings, memoryConfigStore, memoryRunStore } from "restage";
import { createAdminHandler } from "restage/admin";

/** Who may do what: in a service its own users and roles. */
const people = [
  { token: "ada-token", name: "Ada Lovelace", may: ["read", "write", "spend"] },
  { token: "bob-token", name: "Bob Ross", may: ["read"] },
];

export const handle = createAdminHandler({
  settings: createSettings({ store: memoryConfigStore() }),
  runs: memoryRunStore(),
  authorize(request, permission) {
    const person = people.find(({ token }) => request.headers.get("authorization") === `Bearer ${token}`);
    return person?.may.includes(permission) ? { author: { name: person.name } } : null;
  },
});
