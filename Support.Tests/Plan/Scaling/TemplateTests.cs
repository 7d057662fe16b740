using System.Text.RegularExpressions;
using NUnit.Framework;
using Support.Host;
using Support.Plan.Scaling;

namespace Support.Tests.Plan.Scaling;

/// <summary>The templates of the files, and what fills them.</summary>
internal sealed partial class TemplateTests
{
    private static readonly string[] Files =
        [ScalingFileNames.Commands, ScalingFileNames.Readme, ScalingFileNames.Template];

    [Test]
    public void A_name_that_stands_for_nothing_is_an_error_that_names_it()
    {
        var template = new Template(ScalingFiles.Values(ScalingSamples.Plan, ScalingSamples.Scope)!.Remove("minimum"));
        using (Assert.EnterMultipleScope())
        {
            foreach (var fill in new Func<object>[]
            {
                () => template.Shell(Files[0]),
                () => template.Markdown(Files[1]),
                () => template.Json(Files[2]),
            })
                Assert.That(() => fill(), Throws.InvalidOperationException.With.Message.Contains(
                    "@minimum@, which stands for nothing; known are alarms, "));
        }
    }

    [Test]
    public void Every_value_is_asked_for_by_a_template()
    {
        var asked = Files.SelectMany(
            file => Name().Matches(EmbeddedText.Read(file)).Select(match => match.Groups["name"].Value)).Distinct();
        Assert.That(asked, Is.EquivalentTo(ScalingFiles.Values(ScalingSamples.Plan, ScalingSamples.Scope)!.Keys));
    }

    [Test]
    public void What_the_suite_publishes_is_what_the_template_asks_for()
    {
        var metric = ScalingSamples.Json(ScalingFileNames.EchoTimeAlarm, ScalingSamples.Scope with
        {
            Namespace = "Own",
            OtherDimensions = [KeyValuePair.Create("TaskSize", "512/1024")],
        });
        using (Assert.EnterMultipleScope())
        {
            Assert.That((
                metric["Namespace"]!.GetValue<string>(),
                metric["MetricName"]!.GetValue<string>(),
                metric["Unit"]!.GetValue<string>()), Is.EqualTo(("Own", EchoMetric.Name, EchoMetric.Unit)));
            Assert.That(
                metric["Dimensions"]!.AsArray().Select(dimension => $"{dimension!["Name"]}={dimension["Value"]}"),
                Is.EqualTo([
                    $"{EchoMetric.ClusterDimension}=main",
                    $"{EchoMetric.ServiceDimension}=chat",
                    "TaskSize=512/1024",
                ]));
        }
    }

    [Test]
    public void A_limit_that_was_not_found_is_told_to_be_one() => Assert.That(
        ScalingFiles.Of(ScalingSamples.Plan with { IsLowerBound = true }, ScalingSamples.Scope)[^1].Text,
        Does.Contain("2,000 connections safely.\nIt may hold more: nothing broke that was its own.\n"));

    [GeneratedRegex(@"@(?<name>[A-Za-z]+)\??@")]
    private static partial Regex Name();
}
