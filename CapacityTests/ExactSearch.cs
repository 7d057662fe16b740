using System.Collections.Immutable;
using Support.Measuring;
using Support.Measuring.Search;
using Support.Reports.Content;
using Support.Verdict;

namespace CapacityTests;

/// <summary>Composes the search for the exact limit from what the ladder measured.</summary>
internal static class ExactSearch
{
    /// <summary>Searches; every try is on disk and on the screen when it was counted.</summary>
    public static async Task<SearchResult> RunAsync()
    {
        var ladder = CapacityRun.Settings.Settings!.Ladder;
        var runner = await CapacityRun.Target.RunnerAsync(new Screen(), CapacityRun.Interrupted);
        SearchTry? before = null;
        // A third of the step's time is less than every step has for opening, and spreads what is left the most.
        var searcher = new LimitSearcher(runner, (sessions, _) => LadderPause.WaitAsync(sessions), ladder.StepTimeout / 3, TimeProvider.System, tried =>
        {
            CapacityRun.Record.Add(tried);
            Screen.Show(ScreenRows.Probe(tried, before));
            before = tried;
        });
        var found = await searcher.RunAsync(Measured(), CapacityRun.Interrupted);
        CapacityRun.Record.Add(found);
        return found;
    }

    /// <summary>Whether the question is answered: by a limit, or because nothing broke.</summary>
    public static bool IsAnswered(SearchResult found) =>
        found.Limit is { IsExact: true } || found.Ended.StartsWith(LimitSearcher.NothingBroke, StringComparison.Ordinal);

    private static ImmutableArray<StepResult> Measured() =>
        [.. CapacityRun.Record.Steps.Where(step => step.Outcome != StepOutcome.NotAttempted).Select(step => step.Result!).Where(result => result.Attempted > 0)];
}
