using System.Text.RegularExpressions;
using NUnit.Framework;

namespace Support.Tests.HouseRules;

/// <summary>
/// The wall clock says when something began, and never how long it took: a clock that is set in mid-run must not move a
/// figure.
/// </summary>
internal sealed partial class ClockTests
{
    [Test]
    public void The_wall_clock_is_read_only_for_a_moment_that_is_named() => Sources.AssertNone(
        Sources.Code.Where(source => source.Project is "Support" or "CapacityTests" or "TargetServer" or "Benchmarks"),
        OtherReads(), source => source.Code);

    [Test]
    public void Durations_come_from_the_time_provider() => Sources.AssertNone(
        Sources.Code.Where(source => source.Project is "Support" or "CapacityTests" or "TargetServer"), OtherClocks(),
        source => source.Code);

    [Test]
    public void The_rules_see_what_they_forbid()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(OtherReads().IsMatch("        var end = time.GetUtcNow();"), Is.True);
            Assert.That(OtherReads().IsMatch("        startedAt = time.GetUtcNow();"), Is.False);
            Assert.That(
                OtherClocks().IsMatch("Stopwatch.StartNew()") && OtherClocks().IsMatch("Environment.TickCount64"),
                Is.True);
        }
    }

    // Beginnings, and the validity of a certificate.
    [GeneratedRegex(@"^(?!.*([sS]tartedAt\b.*=|SelfSigned\()).*\bGet(Utc|Local)Now\(")]
    private static partial Regex OtherReads();

    [GeneratedRegex(@"\bStopwatch\b|\bTickCount")]
    private static partial Regex OtherClocks();
}
