/** How to repair a stored setting, for the messages of errors. */
export const wayOut = {
  activeModel: "Choose a model with settings.setActive(…), or take the choice away with settings.resetActive(…).",
  config: "Save it again with settings.saveConfig(…), remove it with settings.resetConfig(…), or go back with settings.rollback(…).",
  pause: "Pause again with settings.pause(…), or end it with settings.unpause(…).",
} as const;
