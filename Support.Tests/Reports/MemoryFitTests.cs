using NUnit.Framework;
using Support.Measuring;
using Support.Reports;
using Support.Verdict;

namespace Support.Tests.Reports;

public sealed class MemoryFitTests
{
    [Test]
    public void Points_on_a_line_give_that_line()
    {
        var fit = MemoryFit.Of("target process", [new(10, 1_030_000), new(100, 1_300_000), new(1000, 4_000_000)])!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(fit.BytesPerConnection, Is.EqualTo(3000).Within(1e-9));
            Assert.That(fit.InterceptBytes, Is.EqualTo(1_000_000).Within(1e-6));
            Assert.That(fit.RSquared, Is.EqualTo(1).Within(1e-12));
            Assert.That((fit.Of, fit.Points.Length), Is.EqualTo(("target process", 3)));
        }
    }

    /// <summary>x 1, 2, 3, 4 and y 2, 3, 5, 6: slope 1.4, intercept 0.5, residuals 0.1, −0.3, 0.3, −0.1, so R² = 1 − 0.2 ÷ 10.</summary>
    [Test]
    public void Points_off_a_line_give_the_least_squares()
    {
        var fit = MemoryFit.Of("suite process", [new(1, 2), new(2, 3), new(3, 5), new(4, 6)])!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(fit.BytesPerConnection, Is.EqualTo(1.4).Within(1e-12));
            Assert.That(fit.InterceptBytes, Is.EqualTo(0.5).Within(1e-12));
            Assert.That(fit.RSquared, Is.EqualTo(0.98).Within(1e-12));
        }
    }

    [Test]
    public void Memory_that_does_not_grow_is_a_flat_line_that_explains_everything()
    {
        var fit = MemoryFit.Of("suite process", [new(1, 7), new(2, 7), new(3, 7)])!;

        Assert.That((fit.BytesPerConnection, fit.InterceptBytes, fit.RSquared), Is.EqualTo((0.0, 7.0, 1.0)));
    }

    [Test]
    public void Fewer_than_three_different_counts_give_no_line()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(MemoryFit.Of("x", []), Is.Null);
            Assert.That(MemoryFit.Of("x", [new(1, 1), new(2, 2)]), Is.Null);
            Assert.That(MemoryFit.Of("x", [new(1, 1), new(2, 2), new(2, 3), new(1, 5)]), Is.Null, "four points at two counts");
        }
    }

    [Test]
    public void Steps_give_the_lines_of_what_could_be_read()
    {
        JudgedStep[] steps = [.. SampleReports.LimitFound().Steps];
        JudgedStep[] remote = [.. steps.Select(step => step with { Result = step.Result is { } result ? result with { Resources = result.Resources with { Target = null } } : null })];

        using (Assert.EnterMultipleScope())
        {
            Assert.That(MemoryFit.FromSteps(steps).Select(slope => slope.Of), Is.EqualTo(new[] { "suite process", "target process", "kernel sockets" }));
            Assert.That(MemoryFit.FromSteps(remote).Select(slope => slope.Of), Is.EqualTo(new[] { "suite process", "kernel sockets" }));
            Assert.That(MemoryFit.FromSteps(steps)[1].Points[0], Is.EqualTo(new MemoryPoint(10, steps[0].Result!.Resources.Target!.ResidentBytesHeld)));
            Assert.That(MemoryFit.FromSteps([new JudgedStep(1, StepOutcome.Reliable, null, steps[0].Result! with { Resources = new StepResources() })]), Is.Empty);
        }
    }

    [TestCase("suite process", 499, 0.0, "Too few connections to plan with: at most 499 were held, and it takes 500")]
    [TestCase("suite process", 500, 0.0, null)]
    [TestCase("kernel sockets", 499, 0.0, null)]
    [TestCase("kernel sockets", 500, 5_000_000.0, "Too noisy to plan with")]
    public void A_slope_over_few_connections_or_off_the_line_carries_a_warning(string name, int most, double noise, string? warning)
    {
        var slope = MemoryFit.Of(name, [new(10, 10_000), new(100, 100_000 + (long)noise), new(most, most * 1000L)])!;
        var report = SampleReports.LimitFound() with { MemorySlopes = [slope] };

        IReportFormat[] formats = [new MarkdownReport(), new HtmlReport(), new JsonReport()];
        foreach (var text in formats.Select(format => format.Render(report)))
            Assert.That(text, warning is null ? Does.Not.Contain("to plan with") : Does.Contain(warning));
    }
}
