using System.Security.Cryptography;
using System.Text;

namespace Keepalived.Differential.Tests.Cases;

/// <summary>A configuration to be judged by both programs.</summary>
internal sealed record ConfigurationCase
{
    public required string Name { get; init; }

    /// <summary>The bytes of the main file; null if it is not there.</summary>
    public required byte[]? Main { get; init; }

    /// <summary>Other files, by their path beside the main one.</summary>
    public IReadOnlyList<CaseFile> Files { get; init; } = [];

    /// <summary>Options besides <c>-t -f FILE</c>.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>How ours is to differ; null: not at all.</summary>
    public ExpectedDifference? Difference { get; init; }

    /// <summary>The same for configurations that are the same.</summary>
    public string Fingerprint
    {
        get
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            Append(Main is null ? "absent" : "main", Main ?? []);
            foreach (var file in Files)
                Append($"{file.Path} {(int)file.Mode}", file.Content);
            foreach (var argument in Arguments)
                Append("argument", Encoding.UTF8.GetBytes(argument));
            return Convert.ToHexString(hash.GetHashAndReset());

            void Append(string name, byte[] content)
            {
                hash.AppendData(Encoding.UTF8.GetBytes($"{name} {content.Length}\n"));
                hash.AppendData(content);
            }
        }
    }

    public override string ToString() => Name;
}
