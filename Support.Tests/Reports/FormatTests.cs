using System.Globalization;
using System.Text;
using NUnit.Framework;
using Support.Reports;
using Support.Reports.Html;
using VerifyNUnit;

namespace Support.Tests.Reports;

public sealed class FormatTests
{
    private static readonly string[] Cultures = ["", "de-DE", "ar-SA", "ru-RU", "sv-SE"];

    private static IEnumerable<TestCaseData> Cases() =>
        from name in SampleReports.Names
        from format in ReportWriter.Formats
        select new TestCaseData(name, format.FileName);

    [TestCaseSource(nameof(Cases))]
    public async Task A_format_is_the_text_on_record_in_every_culture(string report, string file)
    {
        var format = ReportWriter.Formats.Single(format => format.FileName == file);
        var texts = Cultures.Select(culture => InCulture(culture, () => format.Render(SampleReports.All[report]))).ToArray();

        Assert.That(texts, Is.All.EqualTo(texts[0]), "a culture changed the text");
        Assert.That(texts[0], Does.EndWith("\n").And.Not.EndWith("\n\n").And.Not.Contain("\r"));
        var extension = Path.GetExtension(file).TrimStart('.');
        await Verifier.Verify(texts[0].TrimEnd('\n'), extension)
            .UseDirectory("Snapshots").UseFileName($"{report}-{extension}").AddScrubber(LeaveOutStyle).DisableDiff();
    }

    /// <summary>The style sheet is the same on every page, and stands in the sample page whole.</summary>
    private static void LeaveOutStyle(StringBuilder page) => page.Replace(PageStyle.Text, "");

    internal static T InCulture<T>(string name, Func<T> make)
    {
        var (culture, uiCulture) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(name);
            return make();
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, uiCulture);
        }
    }
}
