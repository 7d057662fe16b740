namespace Support.Pool;

/// <summary>
/// Whether bytes that come in pieces are well-formed UTF-8 (Unicode 16, table 3-7); four bytes of state.
/// </summary>
internal struct Utf8Checker
{
    private byte wanted;
    private byte least;
    private byte greatest;

    /// <summary>True where no character is cut off at this point.</summary>
    public readonly bool AtCharacterEnd => wanted == 0;

    /// <summary>Takes the next bytes; false once they cannot be UTF-8 any more.</summary>
    public bool Take(ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes)
        {
            if (wanted == 0)
            {
                if (b < 0x80)
                    continue;
                if (!Start(b))
                    return false;
                continue;
            }

            if (b < least || b > greatest)
                return false;
            (least, greatest) = (0x80, 0xBF);
            wanted--;
        }

        return true;
    }

    private bool Start(byte lead)
    {
        // The second byte's range shuts out overlong forms, surrogates and what lies beyond U+10FFFF.
        (wanted, least, greatest) = lead switch
        {
            >= 0xC2 and <= 0xDF => ((byte)1, (byte)0x80, (byte)0xBF),
            0xE0 => ((byte)2, (byte)0xA0, (byte)0xBF),
            0xED => ((byte)2, (byte)0x80, (byte)0x9F),
            >= 0xE1 and <= 0xEF => ((byte)2, (byte)0x80, (byte)0xBF),
            0xF0 => ((byte)3, (byte)0x90, (byte)0xBF),
            0xF4 => ((byte)3, (byte)0x80, (byte)0x8F),
            >= 0xF1 and <= 0xF3 => ((byte)3, (byte)0x80, (byte)0xBF),
            _ => ((byte)0, (byte)0, (byte)0),
        };
        return wanted != 0;
    }
}
