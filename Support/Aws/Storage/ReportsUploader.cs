using System.Collections.Immutable;
using Amazon.S3;
using Amazon.S3.Model;
using Support.Aws.Dashboard;
using Support.Aws.Metrics;
using Support.Plan.Scaling;
using Support.Reports;
using Support.Reports.Files;

namespace Support.Aws.Storage;

/// <summary>
/// Copies the reports to S3, each file once under its own key, so that a second upload of a run replaces and doubles
/// nothing. Takes what a run writes and nothing else: the folder may be one in which other files are.
/// </summary>
/// <param name="client">Gives the client; may throw where no region is known.</param>
/// <param name="time">For the time limit.</param>
internal sealed class ReportsUploader(Func<IAmazonS3> client, TimeProvider time)
{
    private const int AtOnce = 8;

    // What a writer has not finished, and renames when it has.
    private const string Unfinished = ".tmp";

    // As the projects name it to the test runner.
    private const string Trx = "capacity.trx";

    /// <summary>The files of a run in the reports folder itself, and those of its plan.</summary>
    internal static ImmutableArray<string> Known { get; } =
    [
        .. ReportWriter.Formats.Select(format => format.FileName), Trx, StepsLog.FileName, StepsLog.KilledFileName,
        EmfLog.FileName, DashboardBody.FileName,
        .. ScalingFileNames.All.Select(name => $"{ScalingScope.Folder}/{name}"),
    ];

    /// <summary>Part of the time that a stopped task has (ECS: <c>stopTimeout</c>, 30 s where it is not set).</summary>
    public TimeSpan Within { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Uploads every report in the folder; one that fails costs no other. Never throws for anything that AWS, the
    /// network or the disk does.
    /// </summary>
    public async Task<Publication> UploadAsync(
        ReportFolder folder, UploadDestination to, CancellationToken cancellationToken)
    {
        using var budget = new CancellationTokenSource(Within, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(budget.Token, cancellationToken);
        var sent = new Sent(to);
        try
        {
            sent.Files = FilesOf(folder.Directory);
            await Parallel.ForEachAsync(
                sent.Files, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = either.Token },
                async (path, token) =>
                    await TryPutAsync(sent, folder, path, token).ConfigureAwait(false)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            return sent.Stopped(
                cancellationToken.IsCancellationRequested
                    ? "the run was stopped meanwhile"
                    : Say($"the {Within.TotalSeconds:0.#} s that the upload may take were over"),
                "Look at the network between this task and S3 (route, NAT or VPC endpoint for S3); the files are in "
                    + "the reports folder.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return sent.Not(
                $"the reports folder could not be read: {fault.Message}", "Make the folder readable for the user "
                    + "that the suite runs as.");
        }

        return sent.Done();
    }

    // With slashes; those of the folder itself first, because they hold the verdict. Links are left out, to files and
    // to folders: what they point to is no report, and may be anything.
    private static ImmutableArray<string> FilesOf(string directory) =>
    [
        .. Known.Where(path => IsOwn(directory, path)).Concat(AllureFilesOf(directory))
            .OrderBy(path => path.Count(sign => sign == '/')).ThenBy(path => path, StringComparer.Ordinal),
    ];

    private static bool IsOwn(string directory, string path) =>
        new FileInfo(Path.Combine(directory, path)) is { Exists: true, LinkTarget: null, Directory: { } folder }
        && (!path.Contains('/', StringComparison.Ordinal) || folder.LinkTarget is null);

    // Allure names its files itself.
    private static IEnumerable<string> AllureFilesOf(string directory)
    {
        var results = new DirectoryInfo(Path.Combine(directory, AllureResults.FolderName));
        if (results is not { Exists: true, LinkTarget: null })
            return [];
        var options = new EnumerationOptions
        {
            RecurseSubdirectories = true, IgnoreInaccessible = false, AttributesToSkip = FileAttributes.ReparsePoint,
        };
        return Directory.EnumerateFiles(results.FullName, "*", options)
            .Select(path => Path.GetRelativePath(directory, path).Replace(Path.DirectorySeparatorChar, '/'))
            .Where(path => !path.EndsWith(Unfinished, StringComparison.Ordinal));
    }

    private async Task TryPutAsync(Sent sent, ReportFolder folder, string path, CancellationToken cancellationToken)
    {
        if (await TryReadAsync(sent, folder, path, cancellationToken).ConfigureAwait(false) is not { } bytes)
            return;
        try
        {
            await AwsCalls.WithTimeoutAsync(
                token => PutAsync(sent.To, path, bytes, token), cancellationToken).ConfigureAwait(false);
            sent.Add(bytes.Length);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException && !cancellationToken.IsCancellationRequested)
        {
            var known = AwsFault.Of(fault, "s3:PutObject");
            sent.Fail(path, known.ToString(), known.Next);
        }
    }

    // Read as a whole first: a log that still grows while it is sent would break the length that was promised.
    private static async Task<byte[]?> TryReadAsync(
        Sent sent, ReportFolder folder, string path, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllBytesAsync(
                Path.Combine(folder.Directory, path), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            sent.Fail(
                path, "it was removed before it could be read",
                "Let nothing but the run change its reports folder until the upload has ended.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            sent.Fail(
                path, $"it could not be read: {fault.Message}",
                "Make the file readable for the user that the suite runs as.");
        }

        return null;
    }

    private async Task<bool> PutAsync(
        UploadDestination to, string path, byte[] bytes, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream(bytes, writable: false);
        var request = new PutObjectRequest
        {
            BucketName = to.Bucket, Key = to.KeyOf(path), ContentType = TypeOf(path), InputStream = content,
            AutoCloseStream = false,
        };
        await client().PutObjectAsync(request, cancellationToken).ConfigureAwait(false);
        return true;
    }

    // So that a browser shows a report instead of saving it.
    private static string TypeOf(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".html" => "text/html; charset=utf-8",
        ".md" => "text/markdown; charset=utf-8",
        ".txt" or ".log" or ".properties" => "text/plain; charset=utf-8",
        ".json" => "application/json",
        ".jsonl" => "application/jsonl",
        ".xml" or ".trx" => "application/xml",
        ".png" => "image/png",
        _ => "application/octet-stream",
    };

    private sealed class Sent(UploadDestination to)
    {
        private readonly Lock gate = new();
        private int count;
        private long bytes;
        private (string Path, string Why, string Next)? first;

        public UploadDestination To => to;

        public ImmutableArray<string> Files { get; set; } = [];

        public void Add(int length)
        {
            lock (gate)
            {
                count++;
                bytes += length;
            }
        }

        // One reason is enough, and the first is not the consequence of another.
        public void Fail(string path, string why, string next)
        {
            lock (gate)
                first ??= (path, why, next);
        }

        public Publication Done()
        {
            if (Files.IsEmpty)
                return Not("there is no report in the folder", "See why the run wrote none.");
            return first is { } fault
                ? Not($"{fault.Why} ({fault.Path})", fault.Next)
                : new("reports", PublicationOutcome.Published, to.Url, Say($"{count} files, {bytes:#,0} bytes"));
        }

        // What failed before the end is the reason that counts.
        public Publication Stopped(string why, string next) =>
            first is { } fault ? Not($"{fault.Why} ({fault.Path}); then {why}", fault.Next) : Not(why, next);

        public Publication Not(string why, string next) => new(
            "reports", PublicationOutcome.NotPublished, to.Url,
            Say($"measured, not published: {count} of {Files.Length} files are there: {why}"), next);
    }
}

/// <summary>Where the reports of a run go.</summary>
/// <param name="Bucket">The bucket.</param>
/// <param name="Prefix">What the keys start with; without slashes at its ends.</param>
/// <param name="RunId">The run's id.</param>
internal sealed record UploadDestination(string Bucket, string Prefix, string RunId)
{
    /// <summary>As in <c>s3://bucket/capacity/20261115T093012Z-4f2a1c/</c>.</summary>
    public string Url => $"s3://{Bucket}/{KeyOf("")}";

    /// <summary>The path is relative to the reports folder, with slashes.</summary>
    public string KeyOf(string path) => $"{Prefix}/{RunId}/{path}";
}
