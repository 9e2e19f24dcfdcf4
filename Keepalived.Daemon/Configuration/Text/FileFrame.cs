using Keepalived.Daemon.Configuration.Diagnostics;

namespace Keepalived.Daemon.Configuration.Text;

/// <summary>The lines of a file.</summary>
internal sealed class FileFrame(SourceFile file, IncludeChecks outerChecks) : LineFrame
{
    private readonly bool _hasNul = file.Content.Span.Contains((byte)0);
    private int _position;
    private int _line;

    public SourceFile File => file;

    /// <summary>What <c>include_check</c> was set to when the file was opened, and is again when it ends.</summary>
    public IncludeChecks OuterChecks => outerChecks;

    /// <summary>The last line that was read, from 1.</summary>
    public int Line => _line;

    /// <summary>Whether the last line that was read had nothing in it, not even a blank.</summary>
    public bool WasEmpty { get; private set; }

    public override bool TryNext(LineBuffer line, ConfigurationReader reader)
    {
        var content = file.Content.Span;
        while (_position < content.Length)
        {
            var rest = content[_position..];
            var length = rest.IndexOf((byte)'\n');
            var bytes = length < 0 ? rest : rest[..length];
            _position += length < 0 ? rest.Length : length + 1;
            _line++;
            bytes = bytes.TrimEnd((byte)'\r');
            WasEmpty = bytes.IsEmpty;
            if (!IsAcceptable(bytes, reader))
                continue;
            line.SetBytes(bytes, file.Id, _line);
            return true;
        }

        return false;
    }

    private bool IsAcceptable(ReadOnlySpan<byte> bytes, ConfigurationReader reader)
    {
        if (bytes.Length > ReadLimits.PhysicalLine)
        {
            reader.Diagnostics.Error(DiagnosticCodes.LineTooLong, ConfigurationFault.General, new SourceLocation(file.Path, _line, 1),
                $"the line has {bytes.Length} bytes and is left out", $"at most {ReadLimits.PhysicalLine} bytes");
            return false;
        }

        if (!_hasNul || bytes.IndexOf((byte)0) is not (>= 0 and var nul))
            return true;
        reader.Diagnostics.Error(DiagnosticCodes.NulByte, ConfigurationFault.General, new SourceLocation(file.Path, _line, nul + 1),
            "the line has a NUL byte and is left out");
        return false;
    }
}
