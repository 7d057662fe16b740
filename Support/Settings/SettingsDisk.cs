using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Support.Settings;

/// <summary>What must be asked of the disk before a run can rely on its settings.</summary>
internal interface ISettingsDisk
{
    /// <summary>Why certificates cannot be read from the file; null where they can.</summary>
    string? CertificateProblem(string path);

    /// <summary>Why the file cannot be read; null where it can.</summary>
    string? FileProblem(string path);

    /// <summary>Why the folder cannot be made or written to; null where it can. Makes the folder.</summary>
    string? FolderProblem(string path);
}

/// <summary>
/// The real disk; a run's reports may need 16 MiB, those of a long ladder and its search take some 4.
/// </summary>
internal sealed class SettingsDisk(long leastFreeBytes = 16 << 20) : ISettingsDisk
{
    public string? CertificateProblem(string path)
    {
        if (!File.Exists(path)) return "there is no such file";
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPemFile(path);
            return certificates.Count > 0
                ? null
                : "the file holds no certificate in PEM form (-----BEGIN CERTIFICATE-----)";
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            return $"its certificates cannot be read ({OneLine(e)})";
        }
        finally
        {
            foreach (var certificate in certificates) certificate.Dispose();
        }
    }

    public string? FileProblem(string path)
    {
        if (!File.Exists(path)) return "there is no such file";
        try
        {
            using var file = File.OpenRead(path);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"it cannot be read ({OneLine(e)})";
        }
    }

    public string? FolderProblem(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
            var probe = Path.Combine(path, $".probe-{Guid.NewGuid():N}");
            using var file = new FileStream(
                probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);

            // An empty file can be made on a full disk; a byte cannot.
            file.WriteByte(0);
            file.Flush(flushToDisk: true);
            var free = new DriveInfo(path).AvailableFreeSpace;
            return free >= leastFreeBytes ? null : Say(
                $"only {free / 1024} KiB are free there, and the reports may need "
                + $"{leastFreeBytes / 1024}; free some, or name another folder");
        }
        catch (Exception e)
            when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return $"it cannot be written to ({OneLine(e)})";
        }
    }

    private static string OneLine(Exception e) => SettingFormats.EchoPlain(e.Message.TrimEnd('.'));
}
