using NUnit.Framework;
using Support.Host;
using Support.Measuring.SelfTest;
using Support.Pool;
using Support.Verdict;

namespace Support.Tests.Verdict;

/// <summary>A suite that counts wrong is told from a machine that lacks what the self-test needs.</summary>
internal sealed class SelfTestTextTests
{
    private static readonly FailureClass Descriptors = new(FailureKind.ClientLimit, FailureDetail.Descriptors);
    private static readonly FailureClass Processor = new(FailureKind.ClientLimit, FailureDetail.Processor);
    private static readonly SelfTestReading Good = new("a hidden cap", "100 open", "100 held", 1, null);
    private static readonly SelfTestReading Wrong = Good with { Problem = "101 held" };

    [Test]
    public void A_miscount_is_to_be_reported()
    {
        var verdict = (Given.Run() with { SelfTest = new([Good, Wrong], 2) }).Judged();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(verdict.Outcome, Is.EqualTo(RunOutcome.Broken));
            Assert.That(
                (verdict.Bottleneck.Side, verdict.Bottleneck.Resource),
                Is.EqualTo((BottleneckSide.Client, (Resource?)null)));
            Assert.That(verdict.Bottleneck.Next, Does.StartWith("Report this"));
        }
    }

    [TestCase("fd", "nofile")]
    [TestCase("ports", "ip_local_port_range")]
    [TestCase("memory", "more memory")]
    [TestCase("cpu", "more processor time")]
    public void What_the_machine_lacks_is_to_be_raised_and_not_reported(string detail, string raised)
    {
        var lacks = Wrong with { Lacks = new(FailureKind.ClientLimit, detail) };
        var verdict = (Given.Run() with { SelfTest = new([Good, lacks], 2) }).Judged();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(verdict.Outcome, Is.EqualTo(RunOutcome.Broken));
            Assert.That(
                (verdict.Bottleneck.Side, verdict.Bottleneck.Resource),
                Is.EqualTo((BottleneckSide.Client, (Resource?)Resource.ThisClient)));
            Assert.That(verdict.Bottleneck.Next, Does.Contain(raised).And.Not.Contain("Report this"));
        }
    }

    [Test]
    public void One_miscount_is_one_whatever_else_the_machine_lacks()
    {
        var lacks = Wrong with { Lacks = Descriptors };

        using (Assert.EnterMultipleScope())
        {
            Assert.That(new SelfTestResult([lacks, Wrong], 2).Lacks, Is.Null);
            Assert.That(
                new SelfTestResult([lacks, Wrong with { Lacks = Processor }], 2).Lacks, Is.EqualTo(Descriptors));
            Assert.That(new SelfTestResult([Good, lacks], 2).Lacks, Is.EqualTo(Descriptors));
            Assert.That(new SelfTestResult([Good], 2).Lacks, Is.Null);
            Assert.That(new SelfTestResult([], 2).Lacks, Is.Null);
        }
    }

    [TestCase(2.9, 2.0, false)]
    [TestCase(48.0, 46.5, true)]
    [TestCase(48.0, 0.0, false, Description = "a busy machine, and no quota")]
    [TestCase(48.0, null, false)]
    public void It_says_why_it_took_long(double seconds, double? throttled, bool says)
    {
        var why = SelfTestText.WhyLong(new([Good], seconds) { ThrottledSeconds = throttled });

        Assert.That(why, says ? Does.Contain("46.5 s") : Is.Null);
    }
}
