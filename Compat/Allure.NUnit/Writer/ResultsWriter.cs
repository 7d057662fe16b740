using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Allure.Net.Commons.Configuration;

namespace Allure.Net.Commons.Writer;

/// <summary>
/// Writes the files of the results directory, one for each result, container and attachment; made once, it is not made
/// again.
/// </summary>
internal sealed class ResultsWriter
{
    private readonly AllureConfiguration _configuration;
    private readonly JsonSerializerOptions _options;

    public ResultsWriter(AllureConfiguration configuration)
    {
        _configuration = configuration;
        ResultsDirectory = Path.GetFullPath(WritableOf(configuration.Directory));
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
    public void WriteNew(string suffix, byte[] content) =>
        File.WriteAllBytes(Path.Combine(ResultsDirectory, $"{Guid.NewGuid():N}{suffix}"), content);

    /// <summary>
    /// Writes an attachment. The package does so on another thread, where a file that cannot be written ends the whole
    /// process: so does this.
    /// </summary>
    public void WriteAttachment(string name, byte[] content)
    {
        using var written = new ManualResetEventSlim();
        ThreadPool.QueueUserWorkItem(_ =>
        {
            File.WriteAllBytes(Path.Combine(ResultsDirectory, name), content);
            written.Set();
        });
        written.Wait();
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

    // As the package does: where nothing may be written beside the directory, it goes below the temporary folder.
    private static string WritableOf(string directory)
    {
        var parent = new DirectoryInfo(directory).Parent!.FullName;
        try
        {
            File.Create(
                Path.Combine(parent, Guid.NewGuid().ToString()), bufferSize: 1, FileOptions.DeleteOnClose).Dispose();
            return directory;
        }
        catch (UnauthorizedAccessException)
        {
            return Path.Combine(Path.GetTempPath(), AllureConstants.DEFAULT_RESULTS_FOLDER);
        }
    }
}
