using System.Runtime.Versioning;
using System.Text.Json;
using Support.Reports.Files;

namespace Support.Tests.Reports;

/// <summary>Allure's files: written out of the way of the reports, and beside them in the end.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class AllureResultsTests
{
    private TemporaryFolder temporary = null!;
    private AllureResults results = null!;

    private static string[] Names(string folder) =>
        [.. Directory.EnumerateFileSystemEntries(folder).Select(path => Path.GetFileName(path)).Order()];

    [SetUp]
    public void Begin()
    {
        temporary = new();
        results = AllureResults.Begin(temporary.Folder);
    }

    [TearDown]
    public void Remove()
    {
        if (Directory.Exists(Path.GetDirectoryName(results.Directory)))
            Directory.Delete(Path.GetDirectoryName(results.Directory)!, recursive: true);
        temporary.Dispose();
    }

    [Test]
    public void The_folder_is_this_users_alone_and_named_in_the_configuration()
    {
        var path = results.WriteConfiguration();
        using var json = JsonDocument.Parse(File.ReadAllText(path));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                json.RootElement.GetProperty("allure").GetProperty("directory").GetString(),
                Is.EqualTo(results.Directory));
            Assert.That(
                File.GetUnixFileMode(Path.GetDirectoryName(results.Directory)!),
                Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
            Assert.That(Path.GetDirectoryName(path), Is.EqualTo(Path.GetDirectoryName(results.Directory)));
        }
    }

    [Test]
    public void What_is_there_is_moved_and_in_the_end_nothing_else_is_left()
    {
        results.WriteConfiguration();
        Write("a-result.json", "first");
        results.Move();
        Write("a-result.json", "second");
        Write("b-attachment.txt", "b");
        var problems = results.End();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(problems, Is.Empty);
            Assert.That(temporary.Folder.Read("allure-results/a-result.json"), Is.EqualTo("second"));
            Assert.That(temporary.Folder.Read("allure-results/b-attachment.txt"), Is.EqualTo("b"));
            Assert.That(Names(temporary.Folder.Directory), Is.EqualTo(new[] { "allure-results" }));
            Assert.That(() => results.RequireRoom(1), Throws.InstanceOf<IOException>(), "it would be left behind");
            Assert.That(Path.GetDirectoryName(results.Directory), Does.Not.Exist);
        }
    }

    [Test]
    public void What_cannot_be_moved_stays_and_is_told()
    {
        Write("a-result.json", "a");
        Write("b-result.json", "b");
        Directory.CreateDirectory(Path.Combine(temporary.Folder.Directory, "allure-results", "b-result.json", "taken"));
        var problems = results.End();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(problems, Has.Length.EqualTo(1).And.All.Contain(results.Directory));
            Assert.That(Names(results.Directory), Is.EqualTo(new[] { "b-result.json" }));
        }
    }

    [Test]
    public void What_a_killed_run_left_is_gone_when_the_next_one_has_begun()
    {
        Write("a-result.json", "of the killed run");
        var stranger = Directory.CreateTempSubdirectory("not-of-allure-");
        var next = AllureResults.Begin(temporary.Folder);
        temporary.Folder.Write("allure-results.tmp", stranger.FullName);
        var last = AllureResults.Begin(temporary.Folder);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Path.GetDirectoryName(results.Directory), Does.Not.Exist);
            Assert.That(stranger.FullName, Does.Exist, "it is no folder of the suite's");
            Assert.That(Path.GetDirectoryName(last.Directory), Does.Exist);
        }

        Directory.Delete(Path.GetDirectoryName(next.Directory)!, recursive: true);
        last.End();
        stranger.Delete();
    }

    [Test]
    public void Results_of_an_earlier_run_are_no_part_of_this_one()
    {
        temporary.Folder.Write("allure-results/old-result.json", "old");
        AllureResults.Begin(temporary.Folder).End();

        Assert.That(Path.Combine(temporary.Folder.Directory, "allure-results"), Does.Not.Exist);
    }

    [Test]
    public void Room_is_proven_where_there_is_some_and_leaves_nothing()
    {
        Directory.Delete(Path.GetDirectoryName(results.Directory)!, recursive: true);
        results.RequireRoom(100_000);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => results.RequireRoom(1L << 62), Throws.InstanceOf<IOException>());
            Assert.That(Names(results.Directory), Is.Empty);
        }
    }

    [Test]
    public void A_folder_of_the_users_own_is_left_as_it_is()
    {
        var own = Path.Combine(temporary.Root, "own");
        new ReportFolder(own).Write("a-result.json", "a");
        var problems = AllureResults.Of(own).End();

        Assert.That((problems.Length, Names(own)), Is.EqualTo((0, new[] { "a-result.json" })));
    }

    private void Write(string name, string text) => new ReportFolder(results.Directory).Write(name, text);
}
