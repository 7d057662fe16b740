namespace Support.Reports;

/// <summary>One file form of a finished report. A format computes nothing that two formats could disagree on.</summary>
public interface IReportFormat
{
    /// <summary>The name of its file in the reports folder.</summary>
    string FileName { get; }

    /// <summary>The whole text of the file, with LF line ends and a final one; the same in every culture.</summary>
    string Render(CapacityReport report);
}
