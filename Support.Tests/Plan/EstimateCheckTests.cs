using System.Collections.Immutable;
using NUnit.Framework;
using Support.Host;
using Support.Plan;
using Support.Settings;

namespace Support.Tests.Plan;

/// <summary>What the check says of an estimate.</summary>
internal sealed class EstimateCheckTests
{
    [TestCase(null, CheckOutcome.Passed)]
    [TestCase(2_000, CheckOutcome.Passed)]
    [TestCase(2_001, CheckOutcome.Warning)]
    public async Task Only_an_estimate_below_what_is_required_warns(int? required, CheckOutcome outcome)
    {
        var finding = await EstimateCheck.For(_ => Task.FromResult<CapacityEstimate?>(Estimate), required)
            .RunAsync(CancellationToken.None);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(finding.Outcome, Is.EqualTo(outcome));
            Assert.That(finding.Actual, Does.Contain("7,168 connections by memory, 3,840 to 5,120 in practice").And
                .EndWith("; lowest: file descriptors, 2,000; expected: 2,000"));
            Assert.That(finding.Next, outcome == CheckOutcome.Warning ? Does.StartWith("Raise nofile.") : Is.Empty);
        }
    }

    [Test]
    public async Task Above_what_holds_in_practice_it_is_memory_that_is_short()
    {
        var estimate = Estimate with { Ceilings = [Estimate.Ceilings[0]] };
        var finding = await EstimateCheck.For(_ => Task.FromResult<CapacityEstimate?>(estimate), 5_121)
            .RunAsync(CancellationToken.None);
        Assert.That(
            (finding.Outcome, finding.Next),
            Is.EqualTo((CheckOutcome.Warning, "More memory. It is an estimate: what is measured counts.")));
    }

    [Test]
    public async Task An_unknown_size_is_an_answer_that_says_how_to_name_it()
    {
        var finding = await EstimateCheck.For(_ => Task.FromResult<CapacityEstimate?>(null), 10)
            .RunAsync(CancellationToken.None);
        Assert.That((finding.Outcome, finding.Actual), Is.EqualTo((
            CheckOutcome.NotApplicable,
            "what one task is, is not known: set Plan.Size, as in Plan.Size=512/1024 or Plan.Size=t3.medium")));
    }

    private static CapacityEstimate Estimate { get; } = new()
    {
        Size = MachineSizes.OfTask(new(256, 512)),
        SizeFrom = "Plan.Size",
        ReservedBytes = 64 << 20,
        ReservedFrom = "an eighth",
        BytesPerConnection = 65_536,
        BytesFrom = "default",
        Theoretical = 7_168,
        PracticalFrom = 3_840,
        PracticalTo = 5_120,
        Ceilings = [
            new(Resource.Memory, "memory", "server", 7_168, "", "More memory."),
            new(Resource.Descriptors, "file descriptors", "server", 2_000, "", "Raise nofile."),
            new(Resource.Bandwidth, "bandwidth", "server", null, "", ""),
        ],
    };
}
