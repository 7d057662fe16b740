namespace Support.Aws.Storage;

/// <summary>Where the reports of a run go.</summary>
/// <param name="Bucket">The bucket.</param>
/// <param name="Prefix">What the keys start with; without slashes at its ends.</param>
/// <param name="RunId">The run's id.</param>
public sealed record UploadPlace(string Bucket, string Prefix, string RunId)
{
    /// <summary>As in <c>s3://bucket/capacity/20261115T093012Z-4f2a1c/</c>.</summary>
    public string Url => $"s3://{Bucket}/{KeyOf("")}";

    /// <summary>The key of a file.</summary>
    /// <param name="path">Relative to the reports folder, with slashes.</param>
    public string KeyOf(string path) => $"{Prefix}/{RunId}/{path}";
}
