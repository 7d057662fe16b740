using Amazon.S3;
using NUnit.Framework;
using Support.Aws.Storage;
using Support.Reports;
using Support.Tests.Reports;

namespace Support.Tests.Aws.Publishing;

internal sealed class ReportsUploaderTests
{
    private TemporaryFolder temporary = null!;

    [SetUp]
    public void Make() => temporary = new TemporaryFolder();

    [TearDown]
    public void Remove() => temporary.Dispose();

    [Test]
    [CancelAfter(120_000)]
    public async Task Every_file_is_there_byte_by_byte_once_and_as_what_it_is(CancellationToken cancellationToken)
    {
        await using var proxy = FaultProxy.Start((await SharedMoto.GetAsync()).Url);
        using var clients = SharedMoto.ClientsOf(proxy.Url);
        var place = new UploadDestination("every-file", "team/chat", "20261115T093012Z-4f2a1c");
        await SharedMoto.MakeBucketAsync(place.Bucket);
        var (files, folder) = (Reports(), temporary.Folder);
        var before = proxy.Requests;
        var published = await new ReportsUploader(() => clients.S3, TimeProvider.System)
            .UploadAsync(folder, place, cancellationToken);
        var requests = proxy.Requests - before;
        var keys = (await clients.S3.ListObjectsV2Async(
            new() { BucketName = place.Bucket }, cancellationToken)).S3Objects.Select(found => found.Key);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(published.Outcome, Is.EqualTo(PublicationOutcome.Published), published.Detail);
            Assert.That(published.Where, Is.EqualTo("s3://every-file/team/chat/20261115T093012Z-4f2a1c/"));
            Assert.That(published.Detail, Does.StartWith("9 files, 300,0"));
            Assert.That(requests, Is.EqualTo(files.Count));
            Assert.That(
                keys,
                Is.EquivalentTo(files.Keys.Select(place.KeyOf)),
                "links are not followed, and what is not finished or no report is left out");
            foreach (var (path, type) in files)
            {
                using var got = await clients.S3.GetObjectAsync(place.Bucket, place.KeyOf(path), cancellationToken);
                using var bytes = new MemoryStream();
                await got.ResponseStream.CopyToAsync(bytes, cancellationToken);
                Assert.That(
                    bytes.ToArray(),
                    Is.EqualTo(await File.ReadAllBytesAsync(Path.Combine(folder.Directory, path), cancellationToken)),
                    path);
                // The proxy passes no content on where there is none, and with it no type.
                if (bytes.Length > 0)
                    Assert.That(got.Headers.ContentType, Is.EqualTo(type), path);
            }
        }
    }

    [Test]
    public async Task A_second_upload_replaces_and_adds_nothing()
    {
        using var clients = SharedMoto.ClientsOf((await SharedMoto.GetAsync()).Url);
        await SharedMoto.MakeBucketAsync("twice");
        var uploader = new ReportsUploader(() => clients.S3, TimeProvider.System);
        temporary.Folder.Write("capacity.json", "{}");
        await uploader.UploadAsync(temporary.Folder, new("twice", "capacity", "run"), CancellationToken.None);
        temporary.Folder.Write("capacity.json", "{ }");
        await uploader.UploadAsync(temporary.Folder, new("twice", "capacity", "run"), CancellationToken.None);
        var objects = (await clients.S3.ListObjectsV2Async(new() { BucketName = "twice" })).S3Objects;
        Assert.That(
            objects.Select(found => (found.Key, found.Size)),
            Is.EqualTo(new[] { ("capacity/run/capacity.json", (long?)3) }));
    }

    private static IEnumerable<TestCaseData> Faults() =>
    [
        new TestCaseData(Fault.SlowDown, "throttled").SetArgDisplayNames("throttled"),
        new TestCaseData(Fault.Broken, "500").SetArgDisplayNames("5xx"),
        new TestCaseData(Fault.ExpiredToken, "expired").SetArgDisplayNames("expired credentials"),
        new TestCaseData(Fault.Denied("s3:PutObject"), "no permission").SetArgDisplayNames("no permission"),
    ];

    [TestCaseSource(nameof(Faults))]
    public async Task What_S3_refuses_is_measured_and_not_published(object fault, string words)
    {
        await using var proxy = FaultProxy.Start();
        proxy.Fail((Fault)fault);
        using var clients = SharedMoto.ClientsOf(proxy.Url);
        temporary.Folder.Write("capacity.json", "{}");
        var published = await new ReportsUploader(() => clients.S3, TimeProvider.System)
            .UploadAsync(temporary.Folder, new("bucket", "capacity", "run"), CancellationToken.None);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(published.Outcome, Is.EqualTo(PublicationOutcome.NotPublished));
            Assert.That(
                published.Detail,
                Does.StartWith("measured, not published: 0 of 1 files are there: s3:PutObject: ").And.Contain(words));
            Assert.That(published.Next, Is.Not.Empty);
            Assert.That(proxy.Requests, Is.LessThanOrEqualTo(3));
        }
    }

    [Test]
    public async Task A_bucket_that_is_not_there_is_named_as_the_reason()
    {
        using var clients = SharedMoto.ClientsOf((await SharedMoto.GetAsync()).Url);
        temporary.Folder.Write("capacity.json", "{}");
        // The machine may be busy: what is asked here is the reason.
        var uploader = new ReportsUploader(() => clients.S3, TimeProvider.System) { Within = TimeSpan.FromMinutes(1) };
        var published = await uploader.UploadAsync(
            temporary.Folder, new("not-there", "capacity", "run"), CancellationToken.None);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(published.Detail, Does.Contain("NoSuchBucket"));
            Assert.That(published.Next, Does.Contain("Aws.ReportsBucket"));
        }
    }

    [Test]
    public async Task One_file_that_fails_costs_no_other()
    {
        await using var proxy = FaultProxy.Start((await SharedMoto.GetAsync()).Url);
        using var clients = SharedMoto.ClientsOf(proxy.Url);
        await SharedMoto.MakeBucketAsync("one-fails");
        Reports();
        proxy.Fail(Fault.Denied("s3:PutObject"), times: 1);
        var published = await new ReportsUploader(() => clients.S3, TimeProvider.System)
            .UploadAsync(temporary.Folder, new("one-fails", "capacity", "run"), CancellationToken.None);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(published.Outcome, Is.EqualTo(PublicationOutcome.NotPublished));
            Assert.That(published.Detail, Does.StartWith(
                "measured, not published: 8 of 9 files are there: s3:PutObject: ").And.Contain("no permission"));
        }
    }

    private static IEnumerable<TestCaseData> Silences() =>
    [
        new TestCaseData(Fault.Hang).SetArgDisplayNames("no answer"),
        new TestCaseData(Fault.BrokenSilence).SetArgDisplayNames("head, then silence"),
    ];

    [TestCaseSource(nameof(Silences))]
    [CancelAfter(60_000)]
    public async Task Who_never_answers_holds_nobody_up(object silence)
    {
        await using var proxy = FaultProxy.Start();
        proxy.Fail((Fault)silence);
        using var clients = SharedMoto.ClientsOf(proxy.Url);
        Reports();
        var uploader = new ReportsUploader(
            () => clients.S3, TimeProvider.System) { Within = TimeSpan.FromMilliseconds(500) };
        var published = await uploader.UploadAsync(
            temporary.Folder, new("bucket", "capacity", "run"), CancellationToken.None);
        Assert.That(published.Detail, Is.EqualTo(
            "measured, not published: 0 of 9 files are there: the 0.5 s that the upload may take were over"));
    }

    [Test]
    public async Task An_empty_folder_is_not_published()
    {
        using var clients = SharedMoto.ClientsOf(new Uri("http://127.0.0.1:9/"));
        var published = await new ReportsUploader(() => clients.S3, TimeProvider.System)
            .UploadAsync(temporary.Folder, new("bucket", "capacity", "run"), CancellationToken.None);
        Assert.That((published.Outcome, published.Detail), Is.EqualTo(
            (PublicationOutcome.NotPublished, "measured, not published: 0 of 0 files are "
                + "there: there is no report in the folder")));
    }

    // Files by path with their types, and beside them what is no report: links, a file that is being written, and what
    // is somebody else's.
    private SortedDictionary<string, string> Reports()
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["capacity.html"] = "text/html; charset=utf-8",
            ["capacity.json"] = "application/json",
            ["capacity.md"] = "text/markdown; charset=utf-8",
            ["capacity.trx"] = "application/xml",
            ["steps.jsonl"] = "application/jsonl",
            ["allure-results/deep/large.bin"] = "application/octet-stream",
            ["allure-results/ü and ✓.txt"] = "text/plain; charset=utf-8",
            ["junit.xml"] = "application/xml",
            ["scaling/commands.sh"] = "application/octet-stream",
        };
        foreach (var path in files.Keys)
            temporary.Folder.Write(path, path switch { "junit.xml" => "", "allure-results/deep/large.bin" =>
                new string('x', 300_000), _ => $"of {path}\n"[..Math.Min(8, path.Length)] });
        File.CreateSymbolicLink(
            Path.Combine(temporary.Folder.Directory, "link.json"),
            Path.Combine(temporary.Folder.Directory, "capacity.json"));
        Directory.CreateSymbolicLink(
            Path.Combine(temporary.Folder.Directory, "linked"),
            Path.Combine(temporary.Folder.Directory, "allure-results"));
        File.CreateSymbolicLink(
            Path.Combine(temporary.Folder.Directory, "steps.interrupted.jsonl"),
            Path.Combine(temporary.Folder.Directory, ".ssh", "id_ed25519"));
        string[] others =
            ["capacity.json.0123.tmp", ".ssh/id_ed25519", "notes.md", "scaling/notes.md", "app/capacity.json"];
        foreach (var other in others)
            temporary.Folder.Write(other, "another's");
        return files;
    }
}
