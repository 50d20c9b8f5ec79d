#pragma once
// What a thread makes once and uses again within single calls, such as a buffer. In place of `thread_local` objects
// with a destructor: programs that MinGW-w64's GCC makes free their memory before the destructor runs, which then
// writes into whatever came after it (GCC bug 80816). A plain pointer that is thread_local has no destructor, and what
// it points to lives until the thread says that it is at its end.

namespace earshot::net {

/// While it is there, what threadOwned() makes for this thread is kept; its end destroys that, the last made first. A
/// thread that ends holds one, or what it owned is lost memory; a main thread that never ends needs none.
class ThreadOwner {
 public:
  ThreadOwner();
  ~ThreadOwner();
  ThreadOwner(const ThreadOwner&) = delete;
  ThreadOwner& operator=(const ThreadOwner&) = delete;

  class Owned {
   public:
    virtual ~Owned() = default;

   private:
    friend class ThreadOwner;
    Owned* before_ = nullptr;
  };
  /// Takes it over.
  static void keep(Owned* owned);

 private:
  Owned* const before_;  ///< what was made before is not its own
};

/// This thread's own T, made when it asks for the first time and valid until its ThreadOwner ends. Whoever asks for the
/// same T gets the same one: name a type for the purpose.
template <class T>
T& threadOwned() {
  struct Held final : ThreadOwner::Owned {
    explicit Held(T*& where) : place(where) { place = &value; }
    ~Held() override { place = nullptr; }
    T value;
    T*& place;
  };
  thread_local constinit T* own = nullptr;
  if (own == nullptr) ThreadOwner::keep(new Held(own));
  return *own;
}

}  // namespace earshot::net
