using Support.Targets;

namespace Support.Measuring;

/// <summary>What the target itself counts as open; for a reader that has a measurement to bring home, whatever happens meanwhile.</summary>
internal static class TargetOpen
{
    /// <summary>Null where there is nobody to ask, where it does not answer, and where the wait was ended: never an exception.</summary>
    public static async Task<int?> ReadAsync(Uri? stats, CancellationToken stop)
    {
        if (stats is null || stop.IsCancellationRequested)
            return null;
        try
        {
            return (await TargetStatsReader.ReadAsync(stats, stop).ConfigureAwait(false))?.Open;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return null;
        }
    }
}
