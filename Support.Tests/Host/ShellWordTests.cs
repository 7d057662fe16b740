using System.Diagnostics;
using NUnit.Framework;
using Support.Host;

namespace Support.Tests.Host;

/// <summary>A shell gives back every word as it was.</summary>
[Platform("Linux")]
internal sealed class ShellWordTests
{
    [TestCase("chat")]
    [TestCase("app/my-alb/50dc6c495c0c9188")]
    [TestCase("")]
    [TestCase("it's \"$HOME\" `id` \\ *")]
    [TestCase("two\nlines; and & more")]
    [TestCase("chat\n")]
    [TestCase("*")]
    [TestCase("~")]
    [TestCase("größer")]
    public async Task A_word_is_what_the_shell_gets(string text)
    {
        foreach (var word in new[] { ShellWord.Of(text), ShellWord.Quoted(text) })
        {
            using var shell = Process.Start(
                new ProcessStartInfo("sh", ["-c", $"printf '%s|' {word}"]) { RedirectStandardOutput = true })!;
            Assert.That(await shell.StandardOutput.ReadToEndAsync(), Is.EqualTo($"{text}|"), word);
        }
    }

    [TestCase("chat", "chat")]
    [TestCase("--query=a.b,c", "--query=a.b,c")]
    [TestCase("a b", "'a b'")]
    public void Only_a_word_that_needs_quotes_gets_them(
        string text, string word) => Assert.That(ShellWord.Of(text), Is.EqualTo(word));
}
