namespace Keepalived.Checkers.Files;

/// <summary>
/// FILE_CHECK: the number in a file, by which others steer a server. keepalived hears of every change at once; give the state
/// <see cref="CheckPolicy.Retries"/> 0, and what is read when the file changes to <see cref="CheckerState.HandleResult"/>, or schedule the
/// checker to have the file read in a rhythm.
/// </summary>
public sealed class FileChecker : IChecker
{
    private readonly string _path;
    private readonly FileCheckRule _rule;

    /// <summary>Follows one file.</summary>
    /// <param name="path">The file. One that does not exist says 0.</param>
    /// <param name="rule">What its number means.</param>
    public FileChecker(string path, FileCheckRule rule)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        (_path, _rule) = (path, rule);
    }

    /// <inheritdoc/>
    public ValueTask<CheckResult> CheckAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Check());
    }

    private CheckResult Check()
    {
        Span<byte> text = stackalloc byte[FileNumber.MaxLength];
        var length = 0;
        try
        {
            using var file = File.OpenHandle(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            length = RandomAccess.Read(file, text, 0);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            // Says 0.
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return CheckResult.LocalError($"{_path} cannot be read: {e.Message}");
        }

        return FileNumber.TryParse(text[..length], out var number)
            ? _rule.Judge(number)
            : CheckResult.LocalError($"the number in {_path} does not fit 32 bits");
    }
}
