using NUnit.Framework;
using Support.Measuring;

namespace CapacityTests;

/// <summary>What people see while the run goes on: at once on the screen, and with the test in the TRX.</summary>
internal sealed class Screen : IProgress<StepProgress>
{
    /// <summary>The longest silence: the contract promises a sign of life every 5 s; a second is left for a busy machine.</summary>
    public static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(4);

    /// <summary>A line that appears when it happens.</summary>
    public static void Show(string line) => TestContext.Progress.WriteLine(line);

    /// <inheritdoc />
    public void Report(StepProgress value) => Show(FormattableString.Invariant(
        $"… {value.Sessions,5} sessions: {value.Activity}, {value.Attempted} attempted, {value.Open} open, {value.Elapsed.TotalSeconds:0} s"));
}
