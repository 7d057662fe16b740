using NUnit.Framework;
using Support.Reports.Files;

namespace Support.Tests.Reports;

internal sealed class ReportFolderTests
{
    private TemporaryFolder temporary = null!;

    [SetUp]
    public void Make() => temporary = new TemporaryFolder();

    [TearDown]
    public void Remove() => temporary.Dispose();

    [Test]
    public void A_file_is_replaced_as_a_whole_and_nothing_else_is_left()
    {
        var folder = temporary.Folder;
        folder.Write("a.txt", "a long first text");
        var path = folder.Write("a.txt", "ünd ✓\n");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(File.ReadAllBytes(path), Is.EqualTo("ünd ✓\n"u8.ToArray()), "UTF-8 without a byte order mark");
            Assert.That(Directory.EnumerateFileSystemEntries(folder.Directory), Is.EqualTo(new[] { path }));
        }
    }

    [Test]
    public void A_name_is_on_disk_when_a_file_was_replaced_or_made()
    {
        var flushed = new List<string>();
        var folder = new ReportFolder(temporary.Folder.Directory)
        {
            FlushNames = directory => flushed.Add(string.Join(
                ", ",
                Directory.GetFiles(directory).Select(path => $"{Path.GetFileName(path)} {File.ReadAllText(path)}"))),
        };
        folder.Write("a", "1");
        folder.Write("a", "2");
        folder.Below("deep").Append("b", "3");
        folder.Below("deep").Append("b", "4");

        Assert.That(flushed, Is.EqualTo(["a 1", "a 2", "b 3"]));
    }

    [Test]
    public void A_folder_can_be_flushed_and_one_that_is_not_there_is_nothing()
    {
        var folder = Path.GetDirectoryName(temporary.Folder.Write("a", ""))!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => FolderFlush.Flush(folder), Throws.Nothing);
            Assert.That(() => FolderFlush.Flush(Path.Combine(folder, "none")), Throws.Nothing);
        }
    }

    [Test]
    public void Text_is_added_at_the_end_and_folders_are_made()
    {
        var folder = temporary.Folder.Below("deep");
        folder.Append("log", "one\n");

        Assert.That(File.ReadAllText(folder.Append("log", "two\n")), Is.EqualTo("one\ntwo\n"));
    }

    [Test]
    public void A_folder_that_cannot_be_made_is_named_with_the_reason_and_what_to_do()
    {
        File.WriteAllText(Path.Combine(temporary.Root, "latest"), "a file in the way");
        var folder = temporary.Folder;
        Action[] writes = [() => folder.Write("a", ""), () => folder.Append("a", ""), () => folder.RequireWritable()];

        using (Assert.EnterMultipleScope())
        {
            foreach (var write in writes)
                Assert.That(write, Throws.TypeOf<ReportWriteException>().With.Message
                    .Contains(folder.Directory).And.Message.Contains("set Reports.Directory"));
        }
    }

    [Test]
    public void A_failed_write_leaves_the_old_file_and_no_temporary_one()
    {
        var folder = temporary.Folder;
        Directory.CreateDirectory(Path.Combine(folder.Directory, "taken", "inside"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => folder.Write("taken", "text"), Throws.TypeOf<ReportWriteException>());
            Assert.That(
                Directory.EnumerateFileSystemEntries(folder.Directory).Select(Path.GetFileName),
                Is.EqualTo(new[] { "taken" }));
        }
    }

    [Test]
    public void Proving_that_a_folder_is_writable_leaves_it_empty()
    {
        temporary.Folder.RequireWritable();

        Assert.That(Directory.EnumerateFileSystemEntries(temporary.Folder.Directory), Is.Empty);
    }

    [TestCase("../outside")]
    [TestCase("..")]
    [TestCase("/etc/outside")]
    [TestCase("../latest-but-longer")]
    public void A_name_that_leaves_the_folder_is_refused(string name) =>
        Assert.That(
            () => temporary.Folder.Write(name, ""), Throws.ArgumentException.With.Message.Contains("is not below"));
}
