/** How long a budget lasts before it begins anew, in UTC; a week begins on Monday, `total` never ends. */
export type BudgetPeriod = "day" | "week" | "month" | "year" | "total";

/** The most that may be spent in a period. Plain JSON. */
export interface Budget {
  /** 1 to 64 letters, digits, `-` and `_`. What was counted stays with it. */
  readonly id: string;
  /** Only runs of this model. Absent: of any. */
  readonly modelId?: string;
  /** Only runs of this project. Absent: of any, and of none. */
  readonly projectId?: string;
  readonly period: BudgetPeriod;
  /** In micro-dollars: 1 to 10^15, a billion dollars. */
  readonly limitMicroUsd: number;
  /** At what percent of the limit, spent or reserved, to tell, once each per period; whole, rising, 1 to 100. Default 50, 80, 95. */
  readonly alertPercents: readonly number[];
  /** What becomes of runs whose cost nobody knows before. Allowed, they count once they are settled. Default `"refuse"`. */
  readonly unknownPrice: "refuse" | "allow";
  /** `false`: it only tells, and refuses nothing. Default `true`. */
  readonly isHard: boolean;
  /** The cheaper model to stage with from so many percent of the limit on. */
  readonly stepDown?: { readonly atPercent: number; readonly modelId: string };
}

/** A budget as it is set; what is left out has its default. */
export type BudgetInput = Pick<Budget, "id" | "period" | "limitMicroUsd"> & {
  readonly [Field in Exclude<keyof Budget, "id" | "period" | "limitMicroUsd">]?: Budget[Field] | undefined;
};
