using System.Collections.Immutable;
using System.Globalization;
using Amazon.S3;
using Support.Reports;

namespace Support.Aws.Storage;

/// <summary>Copies the whole reports folder to S3, each file once under its own key, so that a second upload of a run replaces and doubles nothing.</summary>
/// <param name="client">Gives the client, bounded in retries and in time for a request; may throw where no region is known.</param>
/// <param name="time">For the bound of the whole.</param>
public sealed class ReportsUploader(Func<IAmazonS3> client, TimeProvider time)
{
    private const int AtOnce = 8;

    /// <summary>How long the upload may take in all: a part of the time that a stopped task has (ECS: <c>stopTimeout</c>, 30 s where it is not set).</summary>
    public TimeSpan Within { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Uploads every file below the folder.</summary>
    /// <param name="folder">The reports folder.</param>
    /// <param name="place">Where to.</param>
    /// <param name="cancellationToken">Ends it early; what is there by then stays there.</param>
    /// <returns>What became of it; never throws for anything that AWS, the network or the disk does.</returns>
    public async Task<Publication> UploadAsync(ReportFolder folder, UploadPlace place, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(place);
        using var budget = new CancellationTokenSource(Within, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(budget.Token, cancellationToken);
        var sent = new Sent(place);
        try
        {
            sent.Files = ReportFiles.Of(folder.Directory);
            await Parallel.ForEachAsync(
                sent.Files,
                new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = either.Token },
                async (path, token) => sent.Add(await PutAsync(folder, place, path, token).ConfigureAwait(false))).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            var why = cancellationToken.IsCancellationRequested ? "the run was stopped meanwhile" : string.Create(CultureInfo.InvariantCulture, $"the {Within.TotalSeconds:0.#} s that the upload may take were over");
            return sent.Not(why, "Look at the network between this task and S3 (route, NAT or VPC endpoint for S3); the files are in the reports folder.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return sent.Not($"the reports folder could not be read: {fault.Message}", "Make the folder readable for the user that the suite runs as.");
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            var known = AwsFault.Of(fault, "s3:PutObject");
            return sent.Not(known.ToString(), known.Next);
        }

        return sent.Done();
    }

    // Read as a whole first: a log that still grows while it is sent would break the length that was promised.
    private async Task<int> PutAsync(ReportFolder folder, UploadPlace place, string path, CancellationToken cancellationToken)
    {
        var bytes = await File.ReadAllBytesAsync(Path.Combine(folder.Directory, path), cancellationToken).ConfigureAwait(false);
        using var content = new MemoryStream(bytes, writable: false);
        await client().PutObjectAsync(
            new() { BucketName = place.Bucket, Key = place.KeyOf(path), ContentType = ContentTypes.Of(path), InputStream = content, AutoCloseStream = false },
            cancellationToken).ConfigureAwait(false);
        return bytes.Length;
    }

    private sealed class Sent(UploadPlace place)
    {
        private int count;
        private long bytes;

        public ImmutableArray<string> Files { get; set; } = [];

        public void Add(int length)
        {
            Interlocked.Increment(ref count);
            Interlocked.Add(ref bytes, length);
        }

        public Publication Done() => Files.IsEmpty
            ? Not("there is no report in the folder", "See why the run wrote none.")
            : new("reports", PublicationOutcome.Published, place.Url, Say($"{count} files, {bytes:#,0} bytes"));

        public Publication Not(string why, string next) =>
            new("reports", PublicationOutcome.NotPublished, place.Url, Say($"measured, not published: {count} of {Files.Length} files are there: {why}"), next);

        private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
    }
}
