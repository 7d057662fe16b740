using NUnit.Framework;
using Support.Measuring.Search;
using Support.Reports;

namespace Support.Tests.Reports;

public sealed class SearchRowsTests
{
    private static readonly SearchTry First = new(1, TryKind.Clean, new(100, null), Verdict.Given.Result(351, 350) with { Seconds = 1.5 });
    private static readonly SearchTry Second = new(2, TryKind.Grown, new(100, null), Verdict.Given.Result(354, 350) with { Seconds = 1.02 });
    private static readonly SearchTry Third = new(3, TryKind.Paced, new(1, 2.5), Verdict.Given.Result(355, 350) with { Seconds = 1 });

    [Test]
    public void A_try_has_a_row_that_says_what_was_open_before_it_in_every_culture()
    {
        string[] rows =
        [
            "  → try 1: 351 sessions: 350 successful (99.7%) in 1.50s",
            "  → try 2: 354 sessions (350 held and 3 more): 350 successful (98.8%) in 1.02s",
            "  → try 3: 355 sessions (350 held and 1 more, 2.5 a second): 350 successful (98.5%) in 1.00s",
        ];
        foreach (var culture in new[] { "", "de-DE", "ar-SA" })
        {
            Assert.That(
                FormatTests.InCulture(culture, () => string.Join('\n', SearchRows.Row(First, null), SearchRows.Row(Second, First), SearchRows.Row(Third, Second))),
                Is.EqualTo(string.Join('\n', rows)));
        }
    }
}
