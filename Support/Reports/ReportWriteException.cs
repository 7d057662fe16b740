namespace Support.Reports;

/// <summary>A report file that could not be written: names the path, the reason, and what to change.</summary>
public sealed class ReportWriteException : IOException
{
    internal ReportWriteException(string path, Exception cause)

            : base($"{path} could not be written: {cause.Message} Make the folder "
                + "writable, or set Reports.Directory to one that is.", cause) =>
        Path = path;

    /// <summary>The file or folder that could not be written.</summary>
    public string Path { get; }
}
