using NUnit.Framework;
using Support.Aws.Services;
using Support.Settings;

namespace CapacityTests;

/// <summary>The cases of the verdict in their order. What the settings don't ask for is not listed.</summary>
internal static class VerdictCases
{
    private static readonly List<string> Listed = List();

    private static string ReadsService => "Service metrics are read";

    private static string Gates => "Gates are met";

    private static string Publishes => "Metrics are published";

    private static string Uploads => "Reports are in the bucket";

    /// <summary>Reading the service's metrics; empty where no service is named.</summary>
    public static IEnumerable<TestCaseData> Service => Case(ReadsService);

    /// <summary>The gates; always one.</summary>
    public static IEnumerable<TestCaseData> GatesMet => Case(Gates);

    /// <summary>Publishing metrics; empty where <c>Aws.Publish</c> is off.</summary>
    public static IEnumerable<TestCaseData> Metrics => Case(Publishes);

    /// <summary>The upload; empty where no bucket is named.</summary>
    public static IEnumerable<TestCaseData> Reports => Case(Uploads);

    /// <summary>The number of the last case that writes the reports: all but the gates do.</summary>
    public static int Last => Listed.FindLastIndex(title => title != Gates) + 2 is var number and > 1 ? number : 1;

    private static IEnumerable<TestCaseData> Case(string title)
    {
        // The reports are the first case.
        var number = Listed.IndexOf(title) + 2;
        if (number > 1)
            yield return new TestCaseData(number).SetName(FormattableString.Invariant($"Verdict {number:00}: {title}"));
    }

    private static List<string> List()
    {
        var aws = CapacityRun.Settings.Settings?.Aws;
        var titles = new List<string>();
        if (!Publishing.Service.IsEmpty)
            titles.Add(ReadsService);
        titles.Add(Gates);
        if (Publishing.Channel != MetricChannel.Off)
            titles.Add(Publishes);
        if (aws?.ReportsBucket is not null)
            titles.Add(Uploads);
        return titles;
    }
}
