using System.Text;
using NUnit.Framework;
using Support.Host;
using Support.Plan;
using Support.Settings;
using Support.Verdict;

namespace Support.Tests.Docs;

/// <summary><c>docs/rules-of-thumb.md</c>: the rules of thumb, worked at example figures.</summary>
internal sealed class RulesOfThumbPage
{
    [Test]
    public void The_page_of_rules_of_thumb_is_that_of_the_code() =>
        Documents.AssertWrittenBetween("docs/rules-of-thumb.md", "rules", Render());

    [Test]
    public void The_example_is_what_the_page_says_of_it()
    {
        var (plan, input) = Example();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((plan.Size!.Name, plan.ConnectionsPerTask, plan.TargetConnections, plan.Settings.Zones),
                Is.EqualTo(("1024/2048", 2_000, 10_000L, 3)));
            Assert.That((plan.Settings.MessageRate, plan.Settings.MessageBytes, input.OpensPerSecond),
                Is.EqualTo((1.0, 200, 100.0)));
            Assert.That(plan.IsLowerBound, Is.False);
        }
    }

    private static string Render()
    {
        var page = new StringBuilder();
        var (plan, input) = Example();
        foreach (var (heading, rules) in RulesOfThumb.Groups(plan, input))
        {
            page.Append("\n## ").Append(heading).Append('\n');
            foreach (var rule in rules)
            {
                page.Append("\n### ").Append(rule.Rule).Append(": “").Append(rule.Said).Append("”\n\n")
                    .Append(Verdict(rule)).Append("\n\n").Append(Sentence(rule.Reason)).Append('\n');
            }
        }

        return page.Append('\n').ToString();
    }

    private static string Verdict(RuleOfThumb rule) =>
        $"{rule.Holds switch { true => "**True** at the example", false => "**Not so**", null => "**It depends**" }}: "
            + $"{rule.Found}.";

    private static string Sentence(string text) => $"{char.ToUpperInvariant(text[0])}{text[1..]}";

    private static (ScalingPlan Plan, PlanInput Input) Example()
    {
        var input = new PlanInput
        {
            Verdict = new()
            {
                Outcome = RunOutcome.Passed,
                MaxReliable = 2_500,
                PeakConnections = 2_500,
                SafeLimit = 2_000,
                Exact = new(2_500, 2_501),
                Bottleneck = new(BottleneckSide.Server, "", [], "") { Resource = Resource.Processor },
            },
            Task = new(MachineSizes.Find("1024/2048")!, "Plan.Size"),
            Memory = new(41_000, 120e6, "server's control group", IsOfGroup: true),
            OpensPerSecond = 100,
            IsOfThatSize = true,
        };
        return (ScalingPlanner.Plan(input), input);
    }
}
