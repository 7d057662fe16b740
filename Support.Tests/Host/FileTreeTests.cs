using System.Text;
using NUnit.Framework;
using Support.Host;

namespace Support.Tests.Host;

[TestFixture]
internal sealed class FileTreeTests
{
    [Test]
    public void What_is_missing_is_null_and_never_an_exception()
    {
        using var tree = new FakeTree().With("/a/file", "x");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(tree.Files.ReadText("/none"), Is.Null);
            Assert.That(tree.Files.ReadText("/a"), Is.Null, "a folder");
            Assert.That(tree.Files.ReadText("/a/file/below"), Is.Null);
            Assert.That(tree.Files.ReadText("/nul\0"), Is.Null);
            Assert.That(tree.Files.CountEntries("/none"), Is.Null);
            Assert.That(tree.Files.CountEntries("/a/file"), Is.Null);
            Assert.That(tree.Files.ReadLines("/none", _ => { }), Is.False);
            Assert.That(tree.Files.HasFolder("/none"), Is.False);
        }
    }

    [Test]
    public void An_absolute_path_stays_below_the_root()
    {
        using var tree = new FakeTree().With("/etc/hostname", "fake");

        Assert.That(tree.Files.ReadText("/etc/hostname"), Is.EqualTo("fake"));
    }

    [Test]
    public void Entries_are_counted()
    {
        using var tree = new FakeTree().With("/fd/0", "").With("/fd/1", "").With("/fd/.hidden", "");

        Assert.That(tree.Files.CountEntries("/fd"), Is.EqualTo(3));
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(5_000, Description = "more than one buffer")]
    public void Every_line_is_handed_out_once(int count)
    {
        var lines = Enumerable.Range(0, count).Select(number => $"{number}: {new string('x', number % 200)}").ToArray();
        using var tree = new FakeTree().With("/lines", string.Join('\n', lines));

        Assert.That(Lines(tree, out var whole), Is.EqualTo(lines));
        Assert.That(whole, Is.True);
    }

    [Test]
    public void A_line_break_at_the_end_makes_no_further_line()
    {
        using var tree = new FakeTree().With("/lines", "a\n\nb\n");

        Assert.That(Lines(tree, out _), Is.EqualTo(new[] { "a", "", "b" }));
    }

    [Test]
    public void A_line_without_end_is_no_table()
    {
        using var tree = new FakeTree().With("/lines", "a\n" + new string('x', 1 << 20));

        Assert.That(Lines(tree, out var whole), Is.EqualTo(new[] { "a" }));
        Assert.That(whole, Is.False);
    }

    private static List<string> Lines(FakeTree tree, out bool whole)
    {
        var lines = new List<string>();
        whole = tree.Files.ReadLines("/lines", line => lines.Add(Encoding.UTF8.GetString(line)));
        return lines;
    }
}
