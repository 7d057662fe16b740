using System.Collections.Immutable;
using NUnit.Framework;
using Support.Host;
using Support.Verdict;

namespace Support.Tests.Verdict;

/// <summary>Held by the client, open by the server, established by the kernel: three counts of one moment.</summary>
internal sealed class CountFindingsTests
{
    [TestCase(100, 100)]
    [TestCase(null, null)] // not known is no mismatch
    public void Counts_that_agree_are_no_finding(
        int? server, int? kernel) => Assert.That(Findings(Counted(100, 100, server, kernel)), Is.Empty);

    [TestCase(99, 100, "Counts.ServerFewer", "99 open by the server's own count")]
    [TestCase(101, 100, "Counts.ServerMore", "101 open by the server's own count")]
    [TestCase(100, 99, "Counts.KernelFewer", "99 established by the kernel's count")]
    [TestCase(100, 101, "Counts.KernelMore", "101 established by the kernel's count")]
    public void Each_way_to_differ_is_a_finding_of_its_own(int server, int kernel, string id, string actual)
    {
        var finding = Findings(Counted(100, 100, server, kernel)).Single();

        using (Assert.EnterMultipleScope())
        {
            Assert.That((finding.Id, finding.Outcome, finding.Actual), Is.EqualTo((id, CheckOutcome.Warning, actual)));
            Assert.That(finding.Expected, Is.EqualTo("100, as the client held in the step of 100"));
            Assert.That(finding.Next, Does.EndWith("."));
        }
    }

    [Test]
    public void Where_attempts_failed_the_kernel_may_count_more()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Findings(Counted(100, 80, 80, 90)), Is.Empty);
            Assert.That(Findings(Counted(100, 80, 80, 79)).Single().Id, Is.EqualTo("Counts.KernelFewer"));
        }
    }

    [Test]
    public void Of_several_steps_the_one_that_differs_most_speaks()
    {
        var findings = Findings(Counted(10, 10, 9, null), Counted(100, 100, 50, null), Counted(200, 200, 199, null));
        Assert.That(
            findings.Single().Actual,
            Is.EqualTo("50 open by the server's own count; 2 other steps differ in the same direction"));
    }

    [Test]
    public void A_step_that_was_broken_off_is_left_out() =>
        Assert.That(
            (Given.Run(Given.Interrupted(100, 50)) with { Interrupted = "SIGTERM" }).Judged().Findings, Is.Empty);

    private static JudgedStep Counted(int sessions, int held, int? server, int? kernel) =>
        Given.Step(sessions, held)
            .But(result => result with { Resources = new() { TargetOpen = server, KernelEstablished = kernel } });

    private static ImmutableArray<Finding> Findings(params JudgedStep[] steps) => Given.Run(steps).Judged().Findings;
}
