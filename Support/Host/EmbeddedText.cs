namespace Support.Host;

/// <summary>The files in other languages that are part of this assembly: shell, templates.</summary>
internal static class EmbeddedText
{
    /// <summary>The text of a file, with LF line ends.</summary>
    /// <param name="name">As in <c>supervisor.sh</c>; Support.csproj lists them.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static string Read(string name)
    {
        using var stream = typeof(EmbeddedText).Assembly.GetManifestResourceStream(name)
            ?? throw new FileNotFoundException(
                $"{name} is not embedded in this assembly; Support.csproj lists what is.", name);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
