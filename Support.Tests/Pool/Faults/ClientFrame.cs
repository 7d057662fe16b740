namespace Support.Tests.Pool.Faults;

/// <summary>A client's frame as it arrived, unmasked.</summary>
/// <param name="Final">The end of a message.</param>
/// <param name="Opcode">1 text, 2 binary, 8 close, 9 ping, 10 pong.</param>
/// <param name="Masked">A client must mask (RFC 6455, 5.3).</param>
/// <param name="Payload">Without the mask.</param>
internal sealed record ClientFrame(bool Final, int Opcode, bool Masked, byte[] Payload)
{
    /// <summary>The code of a close frame; 1005 where it has none (RFC 6455, 7.4.1).</summary>
    public int CloseCode => Payload.Length >= 2 ? (Payload[0] << 8) | Payload[1] : 1005;
}
