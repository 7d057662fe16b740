using NUnit.Framework;
using Support.Pool;

namespace Support.Tests.Pool;

internal sealed class FrameWriterTests
{
    [TestCase(0)]
    [TestCase(4)]
    [TestCase(125)]
    public void A_ping_and_a_pong_are_final_masked_and_carry_the_payload(int length)
    {
        var payload = new byte[length];
        new Random(length).NextBytes(payload);
        var frame = new byte[FrameWriter.MaxLength];

        var ping = frame[..FrameWriter.Ping(frame, payload)];
        var pong = frame[..FrameWriter.Pong(frame, payload)];

        using (Assert.EnterMultipleScope())
        {
            Assert.That(ping[..2], Is.EqualTo(new byte[] { 0x89, (byte)(0x80 | length) }));
            Assert.That(pong[..2], Is.EqualTo(new byte[] { 0x8A, (byte)(0x80 | length) }));
            Assert.That(Unmasked(pong), Is.EqualTo(payload));
            Assert.That(pong, Has.Length.EqualTo(6 + length));
        }
    }

    [Test]
    public void A_close_frame_carries_its_code_in_network_order()
    {
        var frame = new byte[FrameWriter.MaxLength];
        frame = frame[..FrameWriter.Close(frame, 1013)];

        using (Assert.EnterMultipleScope())
        {
            Assert.That(frame[..2], Is.EqualTo(new byte[] { 0x88, 0x82 }));
            Assert.That(Unmasked(frame), Is.EqualTo(new byte[] { 0x03, 0xF5 }));
        }
    }

    [Test]
    public void Each_frame_has_a_mask_of_its_own()
    {
        var frame = new byte[FrameWriter.MaxLength];
        var masks = new HashSet<string>();
        for (var i = 0; i < 100; i++)
        {
            FrameWriter.Ping(frame, "same"u8);
            masks.Add(Convert.ToHexString(frame.AsSpan(2, 4)));
        }

        Assert.That(masks, Has.Count.GreaterThan(95));
    }

    private static byte[] Unmasked(byte[] frame) => [.. frame[6..].Select((b, i) => (byte)(b ^ frame[2 + (i & 3)]))];
}
