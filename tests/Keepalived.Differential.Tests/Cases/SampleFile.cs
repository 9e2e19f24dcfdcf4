using System.IO.Compression;

namespace Keepalived.Differential.Tests.Cases;

/// <summary>A file of the package's documentation, which may be compressed.</summary>
internal static class SampleFile
{
    public static byte[] Read(string path)
    {
        using var file = File.OpenRead(path);
        using Stream stream = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
