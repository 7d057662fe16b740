using NUnit.Framework;
using Support.Measuring;
using Support.Tests.Docs;
using Support.Verdict;

namespace Support.Tests.Verdict.Matrix;

/// <summary>
/// Every row of the fault matrix is produced by a real listener or process, counted by the real step, and judged.
/// </summary>
[Platform("Linux", Reason = "Signals, limits and accept queues are Linux'.")]
internal sealed class FaultMatrixTests
{
    // Closing gives up after 10 s, whatever the server does; the rest is for a busy machine.
    private const double LongestClose = 30;

    // Not a test with cases: those would not be alone.
    [Test, NonParallelizable, CancelAfter(120_000)]
    public Task A_fault_of_this_process_is_recognised(CancellationToken cancellationToken) =>
        A_fault_is_recognised_by_class_and_side(Cases().Single(fault => fault.IsAlone), cancellationToken);

    [CancelAfter(120_000)]
    [TestCaseSource(nameof(SideBySide))]
    public async Task A_fault_is_recognised_by_class_and_side(object row, CancellationToken cancellationToken)
    {
        var fault = (MatrixCase)row;
        var run = await fault.ProduceAsync(cancellationToken);
        var result = run.Steps[^1].Result!;
        var bottleneck = run.Judged().Bottleneck;
        var counted = fault.Counted ?? fault.Class;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                $"{FailureReading.Main(result)}",
                Is.EqualTo(counted == FaultCatalog.NoClass ? "" : counted),
                () => string.Join("; ", result.Examples));
            Assert.That(
                bottleneck.Side,
                Is.EqualTo(fault.Side),
                () => $"{bottleneck.Cause}: {string.Join("; ", bottleneck.Evidence)}");
            Assert.That(bottleneck.Cause, Does.Contain(fault.Cause));
            Assert.That(
                result.Held,
                counted == FaultCatalog.NoClass ? Is.EqualTo(result.Sessions) : Is.LessThan(result.Sessions));
            Assert.That(result.Seconds, Is.InRange(0, TimeSpan.FromMinutes(2).TotalSeconds));
            Assert.That(result.CloseSeconds, Is.LessThan(LongestClose));
        }
    }

    [Test]
    public void Every_row_is_shown_here_or_says_where() => Assert.That(
        FaultCatalog.All.Where(row => row.ShownBy is null && !Cases().Any(fault => fault.Shows(row)))
            .Select(row => $"{row.Number} {row.Class} {row.Side}"), Is.Empty);

    [Test]
    public void Every_case_is_a_row() =>
        Assert.That(Cases().Where(fault => !FaultCatalog.All.Any(fault.Shows)), Is.Empty);

    [Test]
    public void Every_test_that_a_row_names_is_there() => Assert.That(
        FaultCatalog.All.Select(row => row.ShownBy).OfType<string>()
            .Where(name => !name.Contains('/', StringComparison.Ordinal)).Where(name => !Exists(name)), Is.Empty);

    [Test]
    public void Every_case_without_AWS_has_a_row() => Assert.That(
        Enumerable.Range(1, 29).Concat([33, 34, 35]).Except(FaultCatalog.All.Select(row => row.Number ?? 0)), Is.Empty);

    [Test]
    public void The_page_of_symptoms_is_that_of_the_code() => SymptomsPage.AssertCurrent();

    private static IEnumerable<MatrixCase> Cases() =>
        [.. BeforeOpenCases.All(), .. WhileOpenCases.All(), .. SurroundingCases.All()];

    private static IEnumerable<MatrixCase> SideBySide() => Cases().Where(fault => !fault.IsAlone);

    private static bool Exists(string test) => test.Split('.') is [var type, var method]
        && typeof(FaultMatrixTests).Assembly
            .GetTypes().Any(candidate => candidate.Name == type && candidate.GetMethod(method) is not null);
}
