using System.Collections.Immutable;
using NUnit.Framework;
using Support.Aws;
using Support.Aws.Scaling;
using Support.Host;
using Support.Plan;
using static Support.Tests.Aws.Scaling.ScalingSamples;

namespace Support.Tests.Aws.Scaling;

/// <summary>What the checks of scaling say about facts, and about no facts.</summary>
[TestFixture]
[CancelAfter(60_000)]
internal sealed class ScalingChecksTests
{
    [TestCaseSource(typeof(ScalingCheckCases), nameof(ScalingCheckCases.Cases))]
    [TestCaseSource(typeof(ScalingCheckCases), nameof(ScalingCheckCases.Policies))]
    public async Task What_is_deployed_is_judged(string id, object deployed, CheckOutcome outcome, string actual,
        string next, CancellationToken cancellationToken)
    {
        var finding = await RunAsync($"Scaling.{id}", (DeployedScaling)deployed, Planned, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(finding.Outcome, Is.EqualTo(outcome), finding.Actual);
            Assert.That(finding.Actual, Does.Contain(actual));
            Assert.That(finding.Next, outcome >= CheckOutcome.Warning ? Does.Contain(next).And.Not.Empty : Is.Empty);
            Assert.That(finding.Expected, Is.Not.Empty);
            Assert.That(finding.ToString(), Does.Not.Match("[0-9]{12}"), "No account number.");
        }
    }

    [Test]
    public async Task What_agrees_passes_altogether(CancellationToken cancellationToken)
    {
        var findings = await AllAsync(Good, Planned, cancellationToken);

        Assert.That(
            findings.Where(finding => finding.Outcome != CheckOutcome.Passed).Select(finding => finding.Id),
            Is.EqualTo(["Scaling.ResponseTimePolicy"]));
    }

    [Test]
    public async Task Without_a_safe_limit_there_is_nothing_to_compare_numbers_of_tasks_with(
        CancellationToken cancellationToken)
    {
        var findings = await AllAsync(Good with { AutoScaling = Scaled(new(1, 1, [])) }, NoPlan, cancellationToken);

        Assert.That(
            findings.Where(finding => finding.Actual.StartsWith("no plan", StringComparison.Ordinal))
                .Select(finding => (finding.Id, finding.Outcome)),
            Is.EqualTo(new[] { "Bounds", "ConnectionsPolicy", "DesiredCount", "Deployment" }
                .Select(name => ($"Scaling.{name}", CheckOutcome.NotApplicable))));
    }

    [Test]
    public async Task With_a_plan_in_doubt_they_say_why_nothing_is_compared(CancellationToken cancellationToken)
    {
        var wrong = Good with { AutoScaling = Scaled(
            new(1, 1, []), Calculated("conns / tasks", 9_000)), MinimumHealthyPercent = 0 };
        var findings = await AllAsync(wrong, Planned with { Doubt = "the run did not end" }, cancellationToken);

        Assert.That(
            findings.Where(finding => finding.Actual == "no plan to compare with: the run did not end")
                .Select(finding => (finding.Id, finding.Outcome)),
            Is.EqualTo(new[] { "Bounds", "ConnectionsPolicy", "DesiredCount", "Deployment" }
                .Select(name => ($"Scaling.{name}", CheckOutcome.NotApplicable))));
    }

    [Test]
    public async Task A_fault_is_told_without_the_account(CancellationToken cancellationToken)
    {
        var denied = new AwsFault(
            AwsFaultKind.MissingPermission,
            "ecs:DescribeServices",
            "arn:aws:sts::123456789012:assumed-role/r is not authorized",
            "Allow it to arn:aws:sts::123456789012:r.");
        var finding = await RunAsync("Scaling.Api", denied, Planned, cancellationToken);

        Assert.That(finding.ToString(), Does.Not.Contain("123456789012").And
            .Contain("arn:aws:sts::ACCOUNT:assumed-role/r").And.Contain("arn:aws:sts::ACCOUNT:r."));
    }

    [Test]
    public async Task One_fault_is_one_warning(CancellationToken cancellationToken)
    {
        var denied = new AwsFault(
            AwsFaultKind.MissingPermission, "elasticloadbalancing:DescribeTargetGroups", "no permission", "Allow it.");
        var whole = await AllAsync(denied, Planned, cancellationToken);
        var part = await AllAsync(Good with { LoadBalancing = denied }, Planned, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(whole.Single(finding => finding.Outcome == CheckOutcome.Warning).Id, Is.EqualTo("Scaling.Api"));
            Assert.That(
                whole.Count(finding => finding.Outcome == CheckOutcome.NotApplicable), Is.EqualTo(whole.Count - 1));
            Assert.That(
                part.Single(finding => finding.Outcome == CheckOutcome.Warning),
                Has.Property("Id").EqualTo("Scaling.Api").And.Property("Next").EqualTo("Allow it."));
            Assert.That(
                part.Single(finding => finding.Id == "Scaling.ConnectionsPolicy").Outcome,
                Is.EqualTo(CheckOutcome.Passed),
                "What could be read is judged.");
        }
    }

    [TestCase(
        "Bounds",
        "Set Plan.TargetConnections: it is not given, and 10,000 is only the default. Or change the bounds: aws ")]
    [TestCase("IdleTimeout", "Set Plan.PingInterval: it is not given, and 30 s is only the default. Or raise it: aws ")]
    public async Task What_rests_on_a_default_of_the_suite_misses_no_gate(
        string name, string next, CancellationToken cancellationToken)
    {
        var wrong = ScalingCheckCases.WithIdle(30) with { AutoScaling = Scaled(new(3, 7, [])) };
        var check = Checks(wrong, Planned, given: []).Single(check => check.Id == $"Scaling.{name}");
        var finding = await check.RunAsync(cancellationToken);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(finding.Outcome, Is.EqualTo(CheckOutcome.Warning));
            Assert.That(finding.Next, Does.StartWith(next));
        }
    }

    [Test]
    public async Task Above_a_limit_that_is_a_lower_bound_it_says_how_to_see_more(CancellationToken cancellationToken)
    {
        var above = Good with { AutoScaling = Scaled(new(3, 10, []), Calculated("conns / tasks", 4_001)) };
        var finding = await RunAsync(
            "Scaling.ConnectionsPolicy", above, Planned with { IsLowerBound = true }, cancellationToken);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(finding.Outcome, Is.EqualTo(CheckOutcome.Warning));
            Assert.That(finding.Actual, Does.Contain("not decided: the safe limit of 2,000 is a lower bound"));
            Assert.That(finding.Next, Does.StartWith(
                "Raise the ladder to at least 2,502 (NUM_SESSIONS) to decide it").And.Not.Contain("aws "));
        }
    }

    [Test]
    public async Task Too_few_tasks_at_a_lower_bound_are_not_decided_either(CancellationToken cancellationToken)
    {
        var few = Good with { AutoScaling = Scaled(new(3, 7, [])) };
        var findings = await AllAsync(few, Planned with { IsLowerBound = true }, cancellationToken);
        var found = findings.Where(finding => finding.Id is "Scaling.Bounds" or "Scaling.DesiredCount").ToArray();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                found.Select(finding => finding.Outcome), Is.EqualTo([CheckOutcome.Warning, CheckOutcome.Warning]));
            Assert.That(found.Select(finding => finding.Next), Has.All.EqualTo(
                "Raise the ladder (NUM_SESSIONS): a task may hold more than 2,000, and fewer tasks may be enough."));
        }
    }

    [Test]
    public async Task Without_a_service_nothing_is_asked(CancellationToken cancellationToken) =>
        Assert.That(
            (await AllAsync(null, Planned, cancellationToken)).Select(finding => finding.Outcome),
            Has.All.EqualTo(CheckOutcome.NotApplicable));

    [Test]
    public void Ids_and_titles_are_unique_and_short()
    {
        var checks = Checks(null, Planned);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(checks.Select(check => check.Id), Is.Unique.And.All.Match("^Scaling\\.[A-Z][A-Za-z]+$"));
            Assert.That(
                checks.Select(check => check.Title),
                Is.Unique.And.All.Matches<string>(title => title.Length is > 0 and <= 70));
        }
    }

    [Test]
    public void A_name_cannot_leave_its_quotation_marks() => Assert.That(
        ScalingCommands.Put("a b/it's.json"), Does.EndWith(@"--cli-input-json 'file://a b/it'\''s.json'"));

    private static DeferredCheck[] Checks(
        Reading<DeployedScaling>? reading,
        ScalingPlan plan,
        ImmutableHashSet<string>? given = null) =>
            [.. ScalingChecks.For(_ => Task.FromResult(reading), () => plan, given: given ?? Given)];

    private static Task<Finding> RunAsync(
        string id, Reading<DeployedScaling>? reading, ScalingPlan plan, CancellationToken cancellationToken) =>
        Checks(reading, plan).Single(check => check.Id == id).RunAsync(cancellationToken);

    private static async Task<List<Finding>> AllAsync(
        Reading<DeployedScaling>? reading, ScalingPlan plan, CancellationToken cancellationToken)
    {
        var findings = new List<Finding>();
        foreach (var check in Checks(reading, plan))
            findings.Add(await check.RunAsync(cancellationToken));
        return findings;
    }
}
