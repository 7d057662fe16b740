using Support.Measuring.Search;
using Support.Verdict;

namespace Support.Reports;

/// <summary>A step of a run at a task size, as <c>steps.jsonl</c> holds it.</summary>
/// <param name="Label">The size.</param>
/// <param name="Run">Which run at that size, from 1.</param>
/// <param name="Step">The step.</param>
public sealed record SizeStep(string Label, int Run, JudgedStep Step);

/// <summary>A try of the search of a run at a task size, as <c>steps.jsonl</c> holds it.</summary>
/// <param name="Label">The size.</param>
/// <param name="Run">Which run at that size, from 1.</param>
/// <param name="Try">The try.</param>
public sealed record SizeTry(string Label, int Run, SearchTry Try);
