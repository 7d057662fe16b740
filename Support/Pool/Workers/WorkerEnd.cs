
namespace Support.Pool.Workers;

/// <summary>How a worker process ended.</summary>
/// <param name="Words">In words, as in "worker process 123 was killed by signal 9".</param>
/// <param name="Signal">The signal that ended it, where the suite did not send it; else null.</param>
internal sealed record WorkerEnd(string Words, int? Signal)
{
    // SIGKILL (signal(7)): what the kernel sends when memory is out.
    private const int KillSignal = 9;

    // Process.ExitCode is 128 + n for signal n, as a shell has it; from 129 on the .NET host has codes of its own, but
    // those (150: no such runtime) lie beyond the signals that end processes, SIGTERM being the last of them
    // (signal(7)).
    private const int SignalBase = 128;
    private const int LastSignal = 15;

    private const int LongestQuote = 300;

    /// <summary>The end in words.</summary>
    /// <param name="processId">Whose.</param>
    /// <param name="exitCode">As <see cref="System.Diagnostics.Process.ExitCode"/> gives it.</param>
    /// <param name="complaint">Why the suite ended it; null where it did not.</param>
    /// <param name="errors">What it wrote to standard error last; empty for nothing.</param>
    public static WorkerEnd Of(int processId, int exitCode, string? complaint, string errors)
    {
        int? signal = exitCode is > SignalBase and <= SignalBase + LastSignal ? exitCode - SignalBase : null;
        var how = complaint is not null ? $"{complaint} and was ended"
            : signal is not null ? Say($"was killed by signal {signal}")
            : Say($"ended with exit code {exitCode}");
        var quote = errors.Length > LongestQuote ? errors[..LongestQuote] + "…" : errors;
        var words = Say($"worker process {processId} {how}");
        return new(quote.Length == 0 ? words : $"{words}; it said: {quote}", complaint is null ? signal : null);
    }

    /// <summary>What became of its connections.</summary>
    /// <param name="oomKills">
    /// How many processes of the control group the kernel has killed for memory since; null where not known.
    /// </param>
    public Failure ToFailure(long? oomKills) => Signal == KillSignal && oomKills > 0
        ? new(
            FailureKind.ClientLimit,
            FailureDetail.Memory,
            $"{Words}: the control group was out of memory, and the kernel chose it")
        : new(FailureKind.EnvironmentFailure, null, Words);
}
