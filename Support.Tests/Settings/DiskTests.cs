using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using NUnit.Framework;
using Support.Settings;

namespace Support.Tests.Settings;

/// <summary>What is asked of the real disk, and what becomes of the answers.</summary>
internal sealed class DiskTests
{
    private DirectoryInfo folder = null!;

    [SetUp]
    public void Make_a_folder() => folder = Directory.CreateTempSubdirectory("settings-");

    [TearDown]
    public void Remove_the_folder() => folder.Delete(recursive: true);

    [Test]
    public void A_folder_is_made_and_left_empty()
    {
        var path = Path.Combine(folder.FullName, "a", "b");
        Assert.That(new SettingsDisk().FolderProblem(path), Is.Null);
        Assert.That(new DirectoryInfo(path).GetFileSystemInfos(), Is.Empty);
    }

    [Test]
    public void A_disk_without_room_for_the_reports_is_known_before_anything_is_measured() => Assert.That(
        new SettingsDisk(long.MaxValue).FolderProblem(folder.FullName),
        Does.Match("^only [0-9]+ KiB are free there, and the reports may need [0-9]+; "));

    [TestCase("")]
    [TestCase("below")]
    public void A_folder_cannot_be_made_where_a_file_is(string below)
    {
        var file = Path.Combine(folder.FullName, "file");
        File.WriteAllText(file, "");
        Assert.That(
            new SettingsDisk().FolderProblem(Path.Combine(file, below)), Does.StartWith("it cannot be written to ("));
    }

    [Test]
    public void A_file_with_certificates_is_trusted()
    {
        using var key = ECDsa.Create();
        var request = new CertificateRequest("CN=test", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(
            DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(1));
        Assert.That(new SettingsDisk().CertificateProblem(FileOf(certificate.ExportCertificatePem())), Is.Null);
    }

    [TestCase("", "the file holds no certificate in PEM form (-----BEGIN CERTIFICATE-----)")]
    [TestCase("garbage", "the file holds no certificate in PEM form (-----BEGIN CERTIFICATE-----)")]
    [TestCase("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "its certificates cannot be read (")]
    public void A_file_without_certificates_is_named(string content, string problem) =>
        Assert.That(new SettingsDisk().CertificateProblem(FileOf(content)), Does.StartWith(problem));

    [TestCase("absent.pem")]
    [TestCase("")]
    public void A_file_that_is_not_there_is_named(string name) =>
        Assert.That(
            new SettingsDisk().CertificateProblem(Path.Combine(folder.FullName, name)),
            Is.EqualTo("there is no such file"));

    [Test]
    public void Answers_of_the_disk_become_problems_and_take_the_report_folder_away()
    {
        var disk = new FakeDisk { Certificates = "C", Folder = "F" };
        var result = SettingsSetup.Read(SettingsSetup.Pairs(("Target.CaFile", "ca.pem")), SettingsSetup.Pairs(), disk);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Problems.Select(
                problem => (problem.Name, problem.Where, problem.Value, problem.Reason)), Is.EqualTo(new[]
            {
                ("Target.CaFile", "parameter", "ca.pem", "C"), ("Reports.Directory", "default", "reports/latest", "F"),
            }));
            Assert.That(result.ReportsDirectory, Is.Null);
            Assert.That(disk.Asked, Is.EqualTo(new[]
            {
                Path.Combine(SettingsSetup.Root, "ca.pem"), Path.Combine(SettingsSetup.Root, "reports", "latest"),
            }));
        }
    }

    [Test]
    public void A_task_definition_that_cannot_be_read_is_a_problem_before_anything_is_opened()
    {
        var absent = Path.Combine(folder.FullName, "absent.json");
        var disk = new FakeDisk { File = "D" };
        var result = SettingsSetup.Read(
            SettingsSetup.Pairs(("Aws.TaskDefinition", "deploy/task.json")), SettingsSetup.Pairs(), disk);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                result.Problems.Select(problem => (problem.Name, problem.Value, problem.Reason)),
                Is.EqualTo(new[] { ("Aws.TaskDefinition", "deploy/task.json", "D") }));
            Assert.That(disk.Asked, Has.Member(Path.Combine(SettingsSetup.Root, "deploy", "task.json")));
            Assert.That(new SettingsDisk().FileProblem(absent), Is.EqualTo("there is no such file"));
            Assert.That(new SettingsDisk().FileProblem(folder.FullName), Is.EqualTo("there is no such file"));
            Assert.That(new SettingsDisk().FileProblem(typeof(DiskTests).Assembly.Location), Is.Null);
        }
    }

    [Test]
    public void Paths_are_made_absolute()
    {
        var settings = SettingsSetup.Usable(SettingsSetup.FromParameters(
            ("Target.CaFile", "./x/../ca.pem"), ("Reports.Directory", folder.FullName)));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(settings.Target.CaFile, Is.EqualTo(Path.Combine(SettingsSetup.Root, "ca.pem")));
            Assert.That(settings.Reports.Directory, Is.EqualTo(folder.FullName));
        }
    }

    [TestCase(".")]
    [TestCase("..")]
    [TestCase("reports/..")]
    public void The_reports_never_replace_the_sources(string path)
    {
        var disk = new FakeDisk();
        var result = SettingsSetup.Read(SettingsSetup.Pairs(("Reports.Directory", path)), SettingsSetup.Pairs(), disk);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Problems.Single().Reason, Is.EqualTo("the repository lies in it"));
            Assert.That(disk.Asked, Is.Empty);
        }
    }

    [TestCase("../beside")]
    [TestCase("..reports")]
    public void A_folder_beside_the_sources_is_fine(string path) =>
        SettingsSetup.Usable(SettingsSetup.FromParameters(("Reports.Directory", path)));

    [Test]
    public void The_public_reader_asks_the_real_disk()
    {
        var result = SettingsReader.Read(
            SettingsSetup.Pairs(("Target.CaFile", "absent.pem")), SettingsSetup.Pairs(), folder.FullName);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Problems.Single().Reason, Is.EqualTo("there is no such file"));
            Assert.That(result.ReportsDirectory, Does.Exist);
            Assert.That(
                () => SettingsReader.Read(SettingsSetup.Pairs(), SettingsSetup.Pairs(), "relative"),
                Throws.ArgumentException);
        }
    }

    private string FileOf(string content)
    {
        var path = Path.Combine(folder.FullName, "ca.pem");
        File.WriteAllText(path, content);
        return path;
    }
}
