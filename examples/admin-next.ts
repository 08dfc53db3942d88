// The admin API and its page in Next: this is app/admin/[[...path]]/route.ts.
import { handle } from "./admin-handler.ts";

export { handle as DELETE, handle as GET, handle as OPTIONS, handle as POST, handle as PUT };
