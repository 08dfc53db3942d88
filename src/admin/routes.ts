import { deleteBudget } from "./endpoints/delete-budget.ts";
import { estimateTry } from "./endpoints/estimate-try.ts";
import { explain } from "./endpoints/explain.ts";
import { getCosts } from "./endpoints/get-costs.ts";
import { getFeatures } from "./endpoints/get-features.ts";
import { getPage } from "./endpoints/get-page.ts";
import { getPageFile } from "./endpoints/get-page-file.ts";
import { getRun } from "./endpoints/get-run.ts";
import { getRunImage } from "./endpoints/get-run-image.ts";
import { getSchema } from "./endpoints/get-schema.ts";
import { getSetting } from "./endpoints/get-setting.ts";
import { getSettingHistory } from "./endpoints/get-setting-history.ts";
import { listBudgets } from "./endpoints/list-budgets.ts";
import { listModels } from "./endpoints/list-models.ts";
import { listProjects } from "./endpoints/list-projects.ts";
import { listRuns } from "./endpoints/list-runs.ts";
import { putActiveModel } from "./endpoints/put-active-model.ts";
import { putBudget } from "./endpoints/put-budget.ts";
import { putConfig } from "./endpoints/put-config.ts";
import { putFeedback } from "./endpoints/put-feedback.ts";
import { putPause } from "./endpoints/put-pause.ts";
import { putPrice } from "./endpoints/put-price.ts";
import { resetSetting } from "./endpoints/reset-setting.ts";
import { rollbackSetting } from "./endpoints/rollback-setting.ts";
import { startTry } from "./endpoints/start-try.ts";
import type { Route } from "./route.ts";
import { type SettingPlace, settingPlaces } from "./setting-place.ts";

const { activeModel, config, price, pause } = settingPlaces;

// What every setting has, wherever it is.
const toCommon = (place: SettingPlace) => [getSetting(place), getSettingHistory(place), rollbackSetting(place)];

/** Every endpoint. Those that are asked for most stand first. */
export const routes: readonly Route[] = [
  listModels,
  ...[...activeModel, ...config, ...price, ...pause].flatMap(toCommon),
  ...activeModel.map(putActiveModel),
  ...config.map(putConfig),
  ...price.map(putPrice),
  ...pause.map(putPause),
  ...[...activeModel, ...config, ...price].map(resetSetting("POST")),
  ...pause.map(resetSetting("DELETE")),
  getSchema,
  explain("explain"),
  explain("projects/{project}/explain"),
  listProjects,
  listRuns,
  getRun,
  getRunImage,
  putFeedback,
  estimateTry,
  startTry,
  getCosts,
  listBudgets,
  putBudget,
  deleteBudget,
  getFeatures,
  getPage,
  getPageFile,
];
