namespace Support.Host;

/// <summary>The files in other languages that are part of this assembly: shell, templates.</summary>
internal static class EmbeddedText
{
    /// <summary>With LF line ends; Support.csproj lists the names, as in <c>supervisor.sh</c>.</summary>
    public static string Read(string name)
    {
        using var stream = typeof(EmbeddedText).Assembly.GetManifestResourceStream(name)
            ?? throw new FileNotFoundException(
                $"{name} is not embedded in this assembly; Support.csproj lists what is.", name);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
