/** What a person does about a run of which nobody knows whether it has a prediction. */
export function toConclusion(runId: string): string {
  return `look at replicate.com/predictions, then client.conclude("${runId}", { predictionId }), null where there is none`;
}
