/** zod, by one way in: whatever this library checks, it checks by this copy. */
export { z } from "zod";
