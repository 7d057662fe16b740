namespace Support.Sizes;

/// <summary>Reads the baseline file from the disk.</summary>
internal static class BaselineFileReader
{
    /// <summary>What it holds; that there is none is an answer, and that it can't be read a problem.</summary>
    /// <param name="path">As <see cref="Settings.GateSettings.LockFile"/>.</param>
    /// <param name="cancellationToken">The only thing that this throws for.</param>
    public static async Task<BaselineReading> ReadAsync(string path, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            return BaselineFileParser.Parse(
                await File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false), path);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return BaselineReading.None;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return BaselineFileParser.Bad(path, error.Message.TrimEnd('.'), "Make it readable");
        }
    }
}
