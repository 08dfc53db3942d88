/** What is wrong with a field that no form can show. */
export const noForm = "use text, numbers, booleans, closed lists, or lists of one of them, without transforms";
