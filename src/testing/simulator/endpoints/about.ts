import type { Endpoint } from "../endpoint.ts";
import { toModelJson } from "../model-json.ts";
import { refuse } from "../problem-response.ts";

/** `GET /models/{owner}/{name}` */
export const getModel: Endpoint = ({ parameters }, { settings }) => {
  const model = settings.models.get(parameters.join("/"));
  if (model === undefined) throw refuse(404, "The requested resource could not be found.");
  return Response.json(toModelJson(model, settings.behaviour.enumsAsReferences));
};

/** `GET /account` */
export const getAccount: Endpoint = () => {
  return Response.json({ type: "user", username: "simulated", name: "Simulated Account", github_url: null });
};

/** `GET /webhooks/default/secret` */
export const getWebhookSecret: Endpoint = (_, { settings }) => Response.json({ key: settings.webhookSecret });
