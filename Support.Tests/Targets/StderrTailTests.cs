using NUnit.Framework;
using Support.Targets;

namespace Support.Tests.Targets;

internal sealed class StderrTailTests
{
    [TestCase("", "")]
    [TestCase("one", "one")]
    [TestCase("one\ntwo\r\n\nfour\n", "one\ntwo\n\nfour")]
    public async Task Lines_are_kept_as_they_are(string said, string text) =>
        Assert.That(await ReadAsync(new StringReader(said)), Is.EqualTo(text));

    [Test]
    public async Task The_last_twenty_are_kept() => Assert.That(
        await ReadAsync(new StringReader(string.Concat(Enumerable.Range(1, 100).Select(line => $"{line}\n")))),
        Is.EqualTo(string.Join('\n', Enumerable.Range(81, 20))));

    [Test]
    public async Task A_line_that_never_ends_takes_no_more_than_its_beginning_and_the_next_is_read()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var text = await ReadAsync(new LongLine(100_000_000));

        Assert.That(text, Is.EqualTo($"{new string('x', 4096)}\nend"));
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(1_000_000));
    }

    private static async Task<string> ReadAsync(TextReader reader)
    {
        var tail = new StderrTail(reader);
        await tail.Ended;
        return tail.Text;
    }

    private sealed class LongLine(int length) : TextReader
    {
        private int left = length;
        private bool hasEnded;

        public override ValueTask<int> ReadAsync(Memory<char> buffer, CancellationToken cancellationToken = default)
        {
            if (left > 0)
            {
                var count = Math.Min(left, buffer.Length);
                buffer.Span[..count].Fill('x');
                left -= count;
                return new(count);
            }

            if (hasEnded)
                return new(0);
            hasEnded = true;
            "\nend".CopyTo(buffer.Span);
            return new(4);
        }

        public override Task<string?> ReadLineAsync() => throw new NotSupportedException();
    }
}
