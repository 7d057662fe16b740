using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Allure.Net.Commons.Configuration;

namespace Allure.Net.Commons.Writer;

/// <summary>
/// Writes the files of the results directory: one file a result, so that one that cannot be written takes no other with
/// it.
/// </summary>
internal sealed class ResultsWriter
{
    private readonly AllureConfiguration _configuration;
    private readonly JsonSerializerOptions _options;

    public ResultsWriter(AllureConfiguration configuration)
    {
        _configuration = configuration;
        ResultsDirectory = Path.GetFullPath(configuration.Directory);
        Directory.CreateDirectory(ResultsDirectory);
        _options = new JsonSerializerOptions
        {
            WriteIndented = configuration.IndentOutput,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        };
    }

    /// <summary>Absolute.</summary>
    public string ResultsDirectory { get; }

    /// <summary>The bytes of a result's file. Call it under the lock of the model; writing needs none.</summary>
    public byte[] Serialize(TestResult result)
    {
        LinkPatterns.Apply(result.links, _configuration.Links);
        return JsonSerializer.SerializeToUtf8Bytes(result, _options);
    }

    /// <summary>The bytes of a container's file. Call it under the lock of the model; writing needs none.</summary>
    public byte[] Serialize(TestResultContainer container)
    {
        LinkPatterns.Apply(container.links, _configuration.Links);
        return JsonSerializer.SerializeToUtf8Bytes(container, _options);
    }

    /// <summary>Writes a result or a container; the name is unique and is not the uuid inside.</summary>
    public void WriteNew(string suffix, byte[] content) => Write($"{Guid.NewGuid():N}{suffix}", content);

    /// <summary>Writes a file of the given name.</summary>
    public void Write(string name, byte[] content)
    {
        // Whoever cleans the directory between two tests must not cost the next result.
        Directory.CreateDirectory(ResultsDirectory);

        // A kill in the middle leaves a file that no report reads, never half a result.
        var unfinished = Path.Combine(ResultsDirectory, $"{Guid.NewGuid():N}.tmp");
        File.WriteAllBytes(unfinished, content);
        File.Move(unfinished, Path.Combine(ResultsDirectory, name));
    }

    /// <summary>Empties the results directory.</summary>
    public void CleanUp()
    {
        var directory = new DirectoryInfo(ResultsDirectory);
        foreach (var file in directory.EnumerateFiles())
            file.Delete();
        foreach (var folder in directory.EnumerateDirectories())
            folder.Delete(recursive: true);
    }
}
