using System.Collections.Immutable;
using NUnit.Framework;
using Support.Measuring;
using Support.Reports.Files;
using Support.Tests.Reports;
using Support.Verdict;

namespace Support.Tests.Verdict;

internal sealed class MemoryFitTests
{
    [Test]
    public void Points_on_a_line_give_that_line()
    {
        var fit = MemoryFit.Of(MemoryOwner.Target, [new(10, 1_030_000), new(100, 1_300_000), new(1000, 4_000_000)])!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(fit.BytesPerConnection, Is.EqualTo(3000).Within(1e-9));
            Assert.That(fit.InterceptBytes, Is.EqualTo(1_000_000).Within(1e-6));
            Assert.That(fit.RSquared, Is.EqualTo(1).Within(1e-12));
            Assert.That((fit.Of, fit.Points.Length), Is.EqualTo(("target process", 3)));
        }
    }

    /// <summary>
    /// x 1, 2, 3, 4 and y 2, 3, 5, 6: slope 1.4, intercept 0.5, residuals 0.1, −0.3, 0.3, −0.1, so R² = 1 − 0.2 ÷ 10.
    /// </summary>
    [Test]
    public void Points_off_a_line_give_the_least_squares()
    {
        var fit = MemoryFit.Of(MemoryOwner.Suite, [new(1, 2), new(2, 3), new(3, 5), new(4, 6)])!;

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
        var fit = MemoryFit.Of(MemoryOwner.Suite, [new(1, 7), new(2, 7), new(3, 7)])!;

        Assert.That((fit.BytesPerConnection, fit.InterceptBytes, fit.RSquared), Is.EqualTo((0.0, 7.0, 1.0)));
    }

    [Test]
    public void Fewer_than_three_different_counts_give_no_line()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(MemoryFit.Of(MemoryOwner.Target, []), Is.Null);
            Assert.That(MemoryFit.Of(MemoryOwner.Target, [new(1, 1), new(2, 2)]), Is.Null);
            Assert.That(
                MemoryFit.Of(MemoryOwner.Target, [new(1, 1), new(2, 2), new(2, 3), new(1, 5)]),
                Is.Null,
                "four points at two counts");
        }
    }

    [Test]
    public void Steps_give_the_lines_of_what_could_be_read()
    {
        JudgedStep[] steps = [.. SampleReports.LimitFound().Steps];
        JudgedStep[] remote = [.. steps.Select(step => step with { Result = step.Result is { } result
            ? result with { Resources = result.Resources with { Target = null, Server = null } }
            : null })];

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                MemoryFit.FromSteps(steps).Select(slope => slope.Of),
                Is.EqualTo(new[] { "worker processes", "target process", "kernel, one end" }));
            Assert.That(
                MemoryFit.FromSteps(remote).Select(slope => slope.Of),
                Is.EqualTo(new[] { "worker processes", "kernel, one end" }));
            Assert.That(
                MemoryFit.FromSteps(steps)[1].Points[0],
                Is.EqualTo(new MemoryPoint(10, steps[0].Result!.Resources.Target!.ResidentBytesHeld)));
            Assert.That(MemoryFit.FromSteps([new JudgedStep(
                1, StepOutcome.Reliable, null, steps[0].Result! with { Resources = new StepResources() })]), Is.Empty);
        }
    }

    [Test]
    public void A_servers_line_over_steps_is_an_upper_bound_and_one_of_a_server_started_anew_is_none()
    {
        JudgedStep[] steps = [.. SampleReports.LimitFound().Steps];
        ImmutableArray<FreshStage> stages =
            [.. Enumerable.Range(1, 4)
                .Select(stage => new FreshStage(stage * 200, 50_000_000 + (stage * 2_000_000), null))];
        var grown = MemoryFit.FromSteps(steps);
        var anew = MemoryFit.FromSteps(steps, fresh: stages);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                grown.Where(slope => slope.IsUpperBound).Select(slope => slope.Owner),
                Is.EqualTo([MemoryOwner.Target]));
            Assert.That(anew.Select(slope => slope.Owner), Is.EqualTo(grown.Select(slope => slope.Owner)));
            Assert.That(anew.Where(slope => slope.IsUpperBound), Is.Empty);
            Assert.That(anew[1].BytesPerConnection, Is.EqualTo(10_000).Within(1e-6));
            Assert.That(anew[0], Is.EqualTo(grown[0]).Using<MemorySlope>((a, b) => a.HalfWidth == b.HalfWidth ? 0 : 1));
        }
    }

    /// <summary>
    /// The textbook's example: slope 1.4, residuals 0.1, -0.3, 0.3, -0.1, so s² = 0.2 ÷ 2, divided by Σ(x − x̄)² = 5; t
    /// of 2 degrees is 4.303.
    /// </summary>
    [Test]
    public void The_interval_is_that_of_the_t_distribution()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                MemoryFit.Of(MemoryOwner.Target, [new(1, 2), new(2, 3), new(3, 5), new(4, 6)])!.HalfWidth,
                Is.EqualTo(4.303 * Math.Sqrt(0.02)).Within(1e-9));
            Assert.That(
                MemoryFit.Of(MemoryOwner.Target, [new(1, 7), new(2, 9), new(3, 11)])!.HalfWidth, Is.Zero.Within(1e-9));
        }
    }

    /// <summary>Table 26.10 of Abramowitz and Stegun.</summary>
    [TestCase(1, 12.706)]
    [TestCase(10, 2.228)]
    [TestCase(11, 2.201)]
    [TestCase(30, 2.042)]
    [TestCase(120, 1.980)]
    public void The_t_distribution_is_that_of_the_table(
        int degrees, double t) => Assert.That(StudentT.Of95Percent(degrees), Is.EqualTo(t).Within(6e-4));

    [Test]
    public void More_workers_do_not_make_a_connection_dearer()
    {
        static MemoryPoint Point(int workers, int held) => new(held, (workers * 30_000_000L) + (held * 2000L), workers);
        var fit = MemoryFit.Of(
            MemoryOwner.Workers,
            [Point(1, 1000), Point(1, 5000), Point(1, 15_000), Point(2, 30_000), Point(4, 60_000)])!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(fit.BytesPerConnection, Is.EqualTo(2000).Within(1e-6));
            Assert.That(fit.InterceptBytes, Is.EqualTo(30_000_000).Within(1e-3));
            Assert.That(fit.At(90_000, 6), Is.EqualTo(360_000_000).Within(1e-2));
            Assert.That(
                MemoryFit.Of(MemoryOwner.Target, [Point(1, 1000), Point(2, 2000), Point(3, 3000)]),
                Is.Null,
                "as many a worker each time: base and slope cannot be told apart");
        }
    }

    [Test]
    public void A_connection_to_this_machine_has_both_of_its_ends_in_the_kernel_and_one_elsewhere_has_one()
    {
        JudgedStep[] local = [.. SampleReports.LimitFound().Steps];
        JudgedStep[] remote = [.. local.Select(step => step with { Result = step.Result is { } result
            ? result with { Resources = result.Resources with { Target = null, Server = null } }
            : null })];
        double Kernel(JudgedStep[] steps, bool here) =>
            MemoryFit.FromSteps(steps, here).Single(slope => slope.Owner == MemoryOwner.Kernel).BytesPerConnection;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Kernel(remote, here: false), Is.EqualTo(8903).Within(1));
            Assert.That(
                Kernel(local, here: false),
                Is.EqualTo(8903 / 2.0).Within(1),
                "its process could be read, so it is here");
            Assert.That(Kernel(remote, here: true), Is.EqualTo(8903 / 2.0).Within(1));
        }
    }

    [Test]
    public void A_step_is_predicted_from_those_before_it_alone_and_from_the_fourth_on()
    {
        JudgedStep[] steps = [.. SampleReports.LimitFound().Steps];
        var predictions = MemoryFit.Predictions(steps)
            .Where(prediction => prediction.Owner == MemoryOwner.Target).ToArray();
        var before = MemoryFit.FromSteps(steps.Take(5)).Single(slope => slope.Owner == MemoryOwner.Target);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                predictions.Select(prediction => (prediction.Sessions, prediction.Held)),
                Is.EqualTo(new[] { (100, 100), (200, 200), (500, 350) }));
            Assert.That(
                predictions[2].PredictedBytes,
                Is.EqualTo(before.At(350, 1)).Within(1e-6),
                "at what the step held, not at what it wanted");
            Assert.That(
                predictions[2].OffBytes,
                Is.EqualTo(steps[5].Result!.Resources.Target!.ResidentBytesHeld - before.At(350, 1)).Within(1e-6));
            Assert.That(MemoryFit.Predictions(steps.Take(3)), Is.Empty);
        }
    }

    [TestCase(MemoryOwner.Suite, 499, 0.0, "Too few connections to plan with: at most 499 were held, and it takes 500")]
    [TestCase(MemoryOwner.Suite, 500, 0.0, null)]
    [TestCase(MemoryOwner.Kernel, 499, 0.0, null)]
    [TestCase(MemoryOwner.Kernel, 500, 5_000_000.0, "Too noisy to plan with")]
    public void A_slope_over_few_connections_or_off_the_line_carries_a_warning(
        MemoryOwner owner, int most, double noise, string? warning)
    {
        var slope = MemoryFit.Of(owner, [new(10, 10_000), new(100, 100_000 + (long)noise), new(most, most * 1000L)])!;
        var report = SampleReports.LimitFound() with { MemorySlopes = [slope] };

        foreach (var text in ReportWriter.Formats.Take(3).Select(format => format.Render(report)))
            Assert.That(text, warning is null ? Does.Not.Contain("to plan with") : Does.Contain(warning));
    }
}
