using System.Text;
using System.Text.RegularExpressions;

namespace Keepalived.Checkers.Http;

/// <summary>
/// A pattern that an answer must match, or must not (<c>regex</c>). It is searched in the answer as it came, status line and headers
/// included, up to <see cref="HttpUrl.RegexWindow"/> bytes, one character a byte (ISO 8859-1). What is found does not depend on how the
/// bytes arrived.
/// </summary>
/// <remarks>
/// Patterns run on .NET's linear-time engine. Those that it cannot express (look-around, back-references) run on the backtracking one under
/// a time limit; a pattern that exceeds it fails the probe.
/// </remarks>
public sealed class HttpBodyRegex
{
    private static readonly TimeSpan MatchLimit = TimeSpan.FromMilliseconds(250);

    private readonly Regex _regex;
    private readonly bool _negate;
    private readonly int _minOffset;
    private readonly int? _maxOffset;

    /// <summary>Compiles a pattern.</summary>
    /// <param name="pattern">In .NET's syntax, which agrees with PCRE in all that is common.</param>
    /// <param name="options">For example <see cref="RegexOptions.IgnoreCase"/> for <c>caseless</c>.</param>
    /// <param name="negate">The answer must not match (<c>regex_no_match</c>).</param>
    /// <param name="minOffset">Where the search starts, in bytes from the start of the answer (<c>regex_min_offset</c>); not
    /// negative.</param>
    /// <param name="maxOffset">The last byte at which a match may start (<c>regex_max_offset</c>); not below
    /// <paramref name="minOffset"/>.</param>
    /// <exception cref="ArgumentException">The pattern is no pattern, or an offset is out of its range.</exception>
    public HttpBodyRegex(
        string pattern, RegexOptions options = RegexOptions.None, bool negate = false, int minOffset = 0, int? maxOffset = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(pattern);
        ArgumentOutOfRangeException.ThrowIfNegative(minOffset);
        if (maxOffset < minOffset)
            throw new ArgumentOutOfRangeException(nameof(maxOffset), maxOffset, $"Must not be below {minOffset}, the least offset.");
        options = (options & ~(RegexOptions.Compiled | RegexOptions.RightToLeft)) | RegexOptions.CultureInvariant;
        _regex = Compile(pattern, options);
        _negate = negate;
        _minOffset = minOffset;
        _maxOffset = maxOffset;
    }

    /// <summary>The pattern runs in time linear in the answer's length.</summary>
    public bool IsLinear => (_regex.Options & RegexOptions.NonBacktracking) != 0;

    /// <summary>Whether an answer is as it should be.</summary>
    /// <param name="answer">The bytes, from the status line on.</param>
    /// <returns><see cref="CheckResult.Success"/>, or a failure with the reason.</returns>
    public CheckResult Judge(ReadOnlySpan<byte> answer)
    {
        var isMatch = false;
        if (_minOffset <= answer.Length)
        {
            try
            {
                // The position is kept within the text, so that an anchor means the start of the answer, not of the search.
                var match = _regex.Match(Encoding.Latin1.GetString(answer), _minOffset);
                isMatch = match.Success && (_maxOffset is null || match.Index <= _maxOffset);
            }
            catch (RegexMatchTimeoutException)
            {
                return CheckResult.Failure($"regex took more than {MatchLimit.TotalMilliseconds} ms");
            }
        }

        if (isMatch != _negate)
            return CheckResult.Success;
        return CheckResult.Failure(_negate ? "regex matched, and should not" : "regex match failed");
    }

    private static Regex Compile(string pattern, RegexOptions options)
    {
        try
        {
            return new Regex(pattern, options | RegexOptions.NonBacktracking, MatchLimit);
        }
        catch (NotSupportedException)
        {
            return new Regex(pattern, options & ~RegexOptions.NonBacktracking, MatchLimit);
        }
    }
}
